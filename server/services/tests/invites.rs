use crate::{
    browser::Browser,
    house::{House, NEW_PASSWORD, PASSWORD, on_both, origin, problem},
    mailbox::token,
    people::Town,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{InviteId, ProjectId},
    invites::{Invite, InviteQuery, InviteState, InvitedRole, Reader},
    limits::{DAY_MS, HOUR_MS, INVITE_AGE_MAX_MS, MINUTE_MS},
    organizations::OrganizationRole::{Manager, Member, Owner},
    paging::Paging,
    projects::ProjectRole::{self, User},
};
use conifer_services::{Result, authorize::authorize, invites, organizations, passwords, sessions::Current};

const BOB: &str = "bob@example.com";

async fn invite(town: &Town<'_>, addresses: &str, role: ProjectRole) -> Result<Vec<InviteId>> {
    let services = &town.house.services;
    invites::create(services, &origin(), &town.ada, town.project_id, addresses, role).await
}

/// Invites Bob, and tells the token of the mail and that of a copied link.
async fn invite_bob(town: &Town<'_>) -> (InviteId, String, String) {
    let id = invite(town, BOB, User).await.expect("invited")[0];
    let mailed = town.house.token_to(BOB).await;
    let copied = invites::link(&town.house.services, &origin(), &town.ada, town.project_id, id).await;
    (id, mailed, token(&copied.expect("a link").url))
}

async fn list(town: &Town<'_>, state: Option<InviteState>) -> Vec<Invite> {
    let services = &town.house.services;
    let granted = authorize(services, &origin(), &town.ada, town.project_id).await.expect("a right");
    let query = InviteQuery { state, ..InviteQuery::default() };
    invites::list::<ProjectId>(services, &granted, &query).await.expect("a page").items
}

async fn reader(town: &Town<'_>, who: Option<&Current>, token: &str) -> Reader {
    invites::show(&town.house.services, who, token).await.expect("an invitation").reader
}

/// A new person accepts and is signed in.
async fn accept_as_new(town: &Town<'_>, token: &str, name: &str, password: &str) -> Result<Current> {
    let services = &town.house.services;
    let (_, verified) = invites::accept_as_new(services, &origin(), token, name, password).await?;
    let mut browser = Browser::new(town.house);
    browser.verified(conifer_services::sign_in::Verdict::SignedIn(verified)).await;
    Ok(browser.current().await.expect("signed in"))
}

async fn accept(town: &Town<'_>, who: &Current, token: &str) -> Result<invites::Accepted> {
    invites::accept(&town.house.services, &origin(), who, token).await
}

on_both! {
    async fn somebody_new_sets_name_and_password(house: &House) {
        let town = house.town().await;
        let (_, token, _) = invite_bob(&town).await;
        let shown = invites::show(&house.services, None, &token).await.expect("an invitation");
        assert_eq!((&*shown.organization_name, shown.project_name.as_deref()), ("Analytical Engines", Some("First notes")));
        assert_eq!((shown.role, &*shown.invited_by, &*shown.email), (InvitedRole::Project(User), "Ada", BOB));
        assert_eq!(shown.reader, Reader::New);
        let weak = accept_as_new(&town, &token, "Bob", "password").await;
        assert_eq!(problem(weak), Problem::invalid(Field::Password, Rule::TooEasyToGuess));
        let bob = accept_as_new(&town, &token, "Bob", PASSWORD).await.expect("in");
        assert_eq!(town.project_role(bob.account.id).await.as_deref(), Some("user"));
        assert_eq!(town.organization_role(bob.account.id).await.as_deref(), Some("member"));
        assert_eq!(problem(invites::show(&house.services, None, &token).await), Problem::LinkDead);
        assert_eq!(list(&town, Some(InviteState::Accepted)).await.len(), 1);
        // The mail was read, so the account counts everywhere.
        organizations::create(&house.services, &origin(), &bob, "Of Bob").await.expect("an organization");
    }

    async fn somebody_known_signs_in_and_accepts(house: &House) {
        let town = house.town().await;
        let bob = house.person("Bob").await;
        let eve = house.person("Eve").await;
        let (_, token, _) = invite_bob(&town).await;
        assert_eq!(reader(&town, None, &token).await, Reader::SignIn);
        assert_eq!(reader(&town, Some(&bob), &token).await, Reader::Member);
        let other = Reader::Other { signed_in_as: "eve@example.com".into() };
        assert_eq!(reader(&town, Some(&eve), &token).await, other);
        assert_eq!(problem(accept(&town, &eve, &token).await), Problem::OtherAccount);
        let stranger = accept_as_new(&town, &token, "Mallory", PASSWORD).await;
        assert_eq!(problem(stranger), Problem::invalid(Field::Email, Rule::Taken));
        let accepted = accept(&town, &bob, &token).await.expect("in");
        assert_eq!((accepted.organization_id, accepted.project_id), (town.organization_id, Some(town.project_id)));
        assert_eq!(problem(accept(&town, &bob, &token).await), Problem::LinkDead);
    }

    async fn an_organization_invites_by_the_same_rules(house: &House) {
        let town = house.town().await;
        let services = &house.services;
        let id = invites::create(services, &origin(), &town.ada, town.organization_id, BOB, Manager).await;
        assert_eq!(id.expect("invited").len(), 1);
        let bob = accept_as_new(&town, &house.token_to(BOB).await, "Bob", PASSWORD).await.expect("in");
        assert_eq!(town.organization_role(bob.account.id).await.as_deref(), Some("manager"));
        assert_eq!(town.project_role(bob.account.id).await, None);
        // An invite into a project does not lower what somebody is already.
        invite(&town, BOB, User).await.expect("invited");
        accept(&town, &bob, &house.token_to(BOB).await).await.expect("in");
        assert_eq!(town.organization_role(bob.account.id).await.as_deref(), Some("manager"));
    }

    async fn all_are_invited_or_none(house: &House) {
        let town = house.town().await;
        let refused = |rule, position| Problem::InvalidItem { field: Field::Addresses, rule, position };
        invite(&town, BOB, User).await.expect("invited");
        let again = invite(&town, "new@example.com BOB@example.com", User).await;
        assert_eq!(problem(again), refused(Rule::InvitedAlready, 2));
        let member = invite(&town, "new@example.com, ada@example.com", User).await;
        assert_eq!(problem(member), refused(Rule::MemberAlready, 2));
        assert_eq!(problem(invite(&town, "new", User).await), refused(Rule::NotAnAddress, 1));
        assert_eq!(list(&town, None).await.len(), 1);
        assert_eq!(house.mails().await.iter().filter(|mail| mail.entry.to == "new@example.com").count(), 0);
    }

    async fn an_invite_dies_of_age_and_lives_again_when_resent(house: &House) {
        let town = house.town().await;
        let (id, old, _) = invite_bob(&town).await;
        house.later(INVITE_AGE_MAX_MS);
        assert_eq!(problem(invites::show(&house.services, None, &old).await), Problem::LinkDead);
        assert_eq!(problem(accept_as_new(&town, &old, "Bob", PASSWORD).await), Problem::LinkDead);
        assert_eq!(list(&town, Some(InviteState::Expired)).await.len(), 1);
        let resend = async || invites::resend(&house.services, &origin(), &town.ada, town.project_id, id).await;
        resend().await.expect("sent again");
        assert_eq!(list(&town, Some(InviteState::Pending)).await.len(), 1);
        let new = house.token_to(BOB).await;
        assert_ne!(new, old);
        accept_as_new(&town, &new, "Bob", PASSWORD).await.expect("in");
        house.later(DAY_MS);
        assert_eq!(problem(resend().await), Problem::Conflict, "an accepted one is not sent again");
    }

    async fn resending_is_limited(house: &House) {
        let town = house.town().await;
        let (id, ..) = invite_bob(&town).await;
        let resend = async || invites::resend(&house.services, &origin(), &town.ada, town.project_id, id).await;
        assert_eq!(problem(resend().await), Problem::TooMany { retry_after_s: 60 });
        for _ in 0..5 {
            house.later(MINUTE_MS);
            resend().await.expect("once a minute");
        }
        house.later(HOUR_MS);
        assert!(matches!(problem(resend().await), Problem::TooMany { retry_after_s } if retry_after_s > 80_000));
        house.later(DAY_MS);
        resend().await.expect("the next day");
    }

    async fn a_revoked_one_is_dead_by_every_link(house: &House) {
        let town = house.town().await;
        let (id, mailed, copied) = invite_bob(&town).await;
        let revoke = async || invites::revoke(&house.services, &origin(), &town.ada, town.project_id, id).await;
        revoke().await.expect("revoked");
        for token in [&mailed, &copied] {
            assert_eq!(problem(accept_as_new(&town, token, "Bob", PASSWORD).await), Problem::LinkDead);
        }
        assert_eq!(problem(revoke().await), Problem::Conflict);
        assert_eq!(list(&town, Some(InviteState::Revoked)).await.len(), 1);
        // An invite is found only where it belongs.
        let other = town.new_project("Other").await;
        let elsewhere = invites::revoke(&house.services, &origin(), &town.ada, other, id).await;
        assert_eq!(problem(elsewhere), Problem::NotFound);
    }

    async fn the_inviters_right_is_checked_again(house: &House) {
        let town = house.town().await;
        let cyd = town.member("Cyd", Member, Some(ProjectRole::Owner)).await;
        let services = &house.services;
        invites::create(services, &origin(), &cyd, town.project_id, BOB, User).await.expect("invited");
        let token = house.token_to(BOB).await;
        town.put(&cyd, Some(Member), Some(User)).await;
        assert_eq!(problem(accept_as_new(&town, &token, "Bob", PASSWORD).await), Problem::InviterLost);
        town.put(&cyd, None, None).await;
        assert_eq!(problem(accept_as_new(&town, &token, "Bob", PASSWORD).await), Problem::InviterLost);
        assert_eq!(house.count("SELECT COUNT(*) FROM users WHERE email_key = 'bob@example.com'").await, 0);
        town.put(&cyd, Some(Owner), None).await;
        accept_as_new(&town, &token, "Bob", PASSWORD).await.expect("a right regained counts");
    }

    async fn whoever_is_removed_cannot_come_back_by_an_older_invite(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, None).await;
        let (_, token, copied) = invite_bob(&town).await;
        let removed = organizations::members::remove(
            &house.services, &origin(), &town.ada, town.organization_id, bob.account.id).await;
        removed.expect("removed");
        assert_eq!(problem(accept(&town, &bob, &token).await), Problem::LinkDead);
        assert_eq!(problem(accept(&town, &bob, &copied).await), Problem::LinkDead);
    }

    async fn many_race_for_one_invite_and_one_gets_in(house: &House) {
        let town = house.town().await;
        let (_, mailed, copied) = invite_bob(&town).await;
        let mut racers = tokio::task::JoinSet::new();
        for n in 0..24 {
            let (services, token) = (house.services.clone(), if n % 2 == 0 { &mailed } else { &copied }.clone());
            racers.spawn(async move {
                invites::accept_as_new(&services, &origin(), &token, "Bob", PASSWORD).await.map(|_| ())
            });
        }
        let outcomes = racers.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert_eq!(house.count("SELECT COUNT(*) FROM users WHERE email_key = 'bob@example.com'").await, 1);
        assert_eq!(house.count("SELECT COUNT(*) FROM audit_log WHERE action = 'invite.accepted'").await, 1);
    }

    async fn a_copied_link_proves_no_address(house: &House) {
        let town = house.town().await;
        let (_, _, copied) = invite_bob(&town).await;
        let bob = accept_as_new(&town, &copied, "Bob", PASSWORD).await.expect("in");
        let services = &house.services;
        assert_eq!(problem(organizations::create(services, &origin(), &bob, "Mine").await), Problem::Unconfirmed);
        // Not even a copied link of another organization counts.
        let other = town.new_organization("Other").await;
        let invited = invites::create(services, &origin(), &town.ada, other, BOB, Member).await.expect("invited");
        let link = invites::link(services, &origin(), &town.ada, other, invited[0]).await.expect("a link");
        assert_eq!(problem(accept(&town, &bob, &token(&link.url)).await), Problem::Unconfirmed);
        // The mailed one does, and frees the account.
        accept(&town, &bob, &house.token_to(BOB).await).await.expect("in");
        organizations::create(services, &origin(), &bob, "Mine").await.expect("an organization");
    }

    async fn a_mailed_link_confirms_the_address_of_who_is_signed_in(house: &House) {
        use conifer_services::accounts;
        let town = house.town().await;
        let (_, _, copied) = invite_bob(&town).await;
        let bob = accept_as_new(&town, &copied, "Bob", PASSWORD).await.expect("in");
        let services = &house.services;
        accounts::request_confirmation(services, &origin(), &bob).await.expect("asked");
        let mail = house.mail_to(BOB).await;
        assert!(mail.text.contains("https://conifer.example/confirm-address?token="), "{}", mail.text);
        let token = token(&mail.text);
        let by_other = accounts::confirm_address(services, &origin(), &town.ada, &token).await;
        assert_eq!(problem(by_other), Problem::LinkDead, "nobody confirms for another");
        accounts::confirm_address(services, &origin(), &bob, &token).await.expect("confirmed");
        organizations::create(services, &origin(), &bob, "Mine").await.expect("an organization");
        assert_eq!(problem(accounts::confirm_address(services, &origin(), &bob, &token).await), Problem::LinkDead);
    }

    /// Whoever makes an account with somebody else's address keeps nothing once its owner comes: by a mailed
    /// invite, without knowing of the account.
    async fn the_owner_of_an_address_takes_over_by_an_invite(house: &House) {
        let town = house.town().await;
        let (_, _, copied) = invite_bob(&town).await;
        let mallory = accept_as_new(&town, &copied, "Mallory", PASSWORD).await.expect("in");
        house.run("UPDATE users SET totp_secret = 'GEZDGNBVGY3TQOJQ' WHERE email_key = $1", &[BOB.into()]).await;
        let other = town.new_organization("Other").await;
        invites::create(&house.services, &origin(), &town.ada, other, BOB, Member).await.expect("invited");
        let mailed = house.token_to(BOB).await;
        assert_eq!(reader(&town, None, &mailed).await, Reader::New, "the owner knows of no account");
        let bob = accept_as_new(&town, &mailed, "Bob", NEW_PASSWORD).await.expect("the owner is in");
        assert_eq!((&*bob.account.name, bob.account.two_factor), ("Bob", false));
        assert_eq!(bob.account.id, mallory.account.id);
        assert_eq!(house.count("SELECT COUNT(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email_key = 'bob@example.com'").await, 1, "whoever was in is out");
        let old = conifer_services::sign_in::with_password(&house.services, &origin(), BOB, PASSWORD).await;
        assert_eq!(problem(old), Problem::SignInFailed);
        organizations::create(&house.services, &origin(), &bob, "Mine").await.expect("an organization");
    }

    /// The same by a reset of the password.
    async fn the_owner_of_an_address_takes_over_by_a_reset(house: &House) {
        let town = house.town().await;
        let (_, _, copied) = invite_bob(&town).await;
        accept_as_new(&town, &copied, "Mallory", PASSWORD).await.expect("in");
        house.run("UPDATE users SET totp_secret = 'GEZDGNBVGY3TQOJQ' WHERE email_key = $1", &[BOB.into()]).await;
        house.later(HOUR_MS);
        passwords::request_reset(&house.services, &origin(), BOB).await.expect("asked");
        let token = house.token_to(BOB).await;
        passwords::reset(&house.services, &origin(), &token, NEW_PASSWORD).await.expect("reset");
        assert_eq!(house.count("SELECT COUNT(*) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email_key = 'bob@example.com'").await, 0);
        let bob = Browser::new(house).sign_in(BOB, NEW_PASSWORD).await;
        assert!(!bob.account.two_factor, "nobody else's second factor keeps the owner out");
        assert!(town.deeds().await.contains(&"account.claimed".into()));
    }

    async fn an_unproven_account_goes_with_its_organization(house: &House) {
        let town = house.town().await;
        let id = town.new_organization("Short").await;
        let services = &house.services;
        let invited = invites::create(services, &origin(), &town.ada, id, BOB, Member).await.expect("invited");
        let link = invites::link(services, &origin(), &town.ada, id, invited[0]).await.expect("a link");
        accept_as_new(&town, &token(&link.url), "Bob", PASSWORD).await.expect("in");
        organizations::delete(services, &origin(), &town.ada, id, "Short").await.expect("gone");
        assert_eq!(house.count("SELECT COUNT(*) FROM users WHERE email_key = 'bob@example.com'").await, 0);
    }

    async fn tokens_are_kept_as_hashes(house: &House) {
        let town = house.town().await;
        let (_, mailed, copied) = invite_bob(&town).await;
        let kept = house.rows("SELECT token_hash FROM invite_links").await;
        assert_eq!(kept.len(), 2);
        assert!(!kept.contains(&mailed) && !kept.contains(&copied));
    }

    async fn old_copies_of_a_link_die_when_there_are_many(house: &House) {
        let town = house.town().await;
        let (id, mailed, first) = invite_bob(&town).await;
        for _ in 0..10 {
            house.later(1);
            invites::link(&house.services, &origin(), &town.ada, town.project_id, id).await.expect("a link");
        }
        assert_eq!(problem(invites::show(&house.services, None, &first).await), Problem::LinkDead);
        invites::show(&house.services, None, &mailed).await.expect("the mailed one stays");
    }

    async fn the_list_is_paged_newest_first(house: &House) {
        let town = house.town().await;
        for name in ["a", "b", "c"] {
            house.later(1);
            invite(&town, &format!("{name}@example.com"), User).await.expect("invited");
        }
        let granted = authorize(&house.services, &origin(), &town.ada, town.project_id).await.expect("a right");
        let mut query = InviteQuery { paging: Paging { after: None, limit: Some(2) }, ..InviteQuery::default() };
        let first = invites::list::<ProjectId>(&house.services, &granted, &query).await.expect("a page");
        assert_eq!(first.items.iter().map(|invite| &*invite.email).collect::<Vec<_>>(), ["c@example.com", "b@example.com"]);
        query.paging.after = first.next;
        let last = invites::list::<ProjectId>(&house.services, &granted, &query).await.expect("a page");
        assert_eq!((&*last.items[0].email, last.next), ("a@example.com", None));
        query = InviteQuery { search: "B@".into(), ..InviteQuery::default() };
        assert_eq!(invites::list::<ProjectId>(&house.services, &granted, &query).await.expect("a page").items.len(), 1);
    }
}

/// Text and HTML as people get them, without what is secret and new each time.
#[tokio::test]
async fn letters_say_what_they_should() {
    crate::house::on_sqlite(|house| async move {
        {
            let town = house.town().await;
            invite(&town, BOB, User).await.expect("invited");
            let services = &house.services;
            let invited = invites::create(
                services,
                &origin(),
                &town.ada,
                town.organization_id,
                "cyd@example.com",
                Manager,
            )
            .await;
            invited.expect("invited");
            conifer_services::accounts::request_confirmation(services, &origin(), &town.ada).await.expect("asked");
            for (name, to) in [
                ("invitation-project", BOB),
                ("invitation-organization", "cyd@example.com"),
                ("address-confirmation", "ada@example.com"),
            ] {
                let mail = house.mail_to(to).await;
                let shown = format!("Subject: {}\n\n{}\n{}", mail.entry.subject, mail.text, mail.html);
                let shown = shown.replace(&token(&mail.text), "[token]");
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "mails" }, {
                    insta::assert_snapshot!(name, shown);
                });
            }
        }
        house
    })
    .await;
}
