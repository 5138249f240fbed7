//! Who gets in by an invite, and who does not.

use super::{BOB, accept, accept_as_new, invite, invite_bob, list, reader};
use crate::house::{House, PASSWORD, on_both, origin, problem};
use conifer_domain::{
    Field, Problem, Rule,
    invites::{InviteState, InvitedRole, Reader},
    organizations::OrganizationRole::{Manager, Member, Owner},
    projects::ProjectRole::{self, User},
};
use conifer_services::{invites, members, organizations};

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
        assert!(town.deeds().await.contains(&"invite.revoked".into()));
        assert_eq!(problem(accept(&town, &bob, &token).await), Problem::LinkDead);
        assert_eq!(problem(accept(&town, &bob, &copied).await), Problem::LinkDead);
    }

    async fn whoever_is_removed_from_a_project_cannot_come_back_to_it(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, None).await;
        let (_, token, _) = invite_bob(&town).await;
        town.put(&bob, Some(Member), Some(User)).await;
        let services = &house.services;
        members::remove(services, &origin(), &town.ada, town.project_id, bob.account.id).await.expect("removed");
        assert_eq!(problem(accept(&town, &bob, &token).await), Problem::LinkDead);
        let deeds = town.deeds().await;
        assert!(deeds.ends_with(&["invite.revoked".into(), "member.removed".into()]), "{deeds:?}");
    }

    /// Whom a project's invite made a member can still be invited as more; nobody becomes less.
    async fn who_is_in_already_rises_and_never_sinks(house: &House) {
        use conifer_domain::organizations::OrganizationRole::{Billing, Owner};
        let town = house.town().await;
        let services = &house.services;
        for (name, is, invited, becomes) in [("Bob", Member, Owner, "owner"), ("Cyd", Owner, Billing, "owner")] {
            let email = format!("{}@example.com", name.to_lowercase());
            let ids = invites::create(services, &origin(), &town.ada, town.organization_id, &email, invited).await;
            ids.expect("invited");
            let mailed = house.token_to(&email).await;
            let person = town.member(name, is, None).await;
            accept(&town, &person, &mailed).await.expect("accepted");
            assert_eq!(town.organization_role(person.account.id).await.as_deref(), Some(becomes), "{name}");
        }
        let noted = house.rows("SELECT details FROM audit_log WHERE action = 'invite.accepted' ORDER BY id").await;
        assert!(noted.iter().all(|details| details.contains(r#""role":"owner""#)), "{noted:?}");
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
}
