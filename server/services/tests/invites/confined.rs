//! Accounts made by a copied link: nobody takes an address before its owner comes.

use super::{BOB, accept, accept_as_new, invite_bob, reader};
use crate::{
    browser::Browser,
    house::{House, NEW_PASSWORD, PASSWORD, on_both, origin, problem},
    mailbox::token,
};
use conifer_domain::{
    Problem, invites::Reader, limits::HOUR_MS, organizations::OrganizationRole::Member, projects::ProjectRole,
};
use conifer_services::{invites, organizations, passwords};

on_both! {
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

    async fn an_unproven_address_invites_nobody(house: &House) {
        let town = house.town().await;
        let services = &house.services;
        let invited = invites::create(services, &origin(), &town.ada, town.project_id, BOB, ProjectRole::Owner).await;
        let id = invited.expect("invited")[0];
        let other = invites::create(
            services, &origin(), &town.ada, town.project_id, "cyd@example.com", ProjectRole::User).await;
        let other = other.expect("invited")[0];
        let link = invites::link(services, &origin(), &town.ada, town.project_id, id).await.expect("a link");
        let bob = accept_as_new(&town, &token(&link.url), "Bob", PASSWORD).await.expect("in");
        let place = town.project_id;
        let mails = house.mails().await.len();
        let dee = invites::create(services, &origin(), &bob, place, "dee@example.com", ProjectRole::User).await;
        assert_eq!(problem(dee), Problem::Unconfirmed);
        assert_eq!(problem(invites::link(services, &origin(), &bob, place, other).await), Problem::Unconfirmed);
        assert_eq!(problem(invites::resend(services, &origin(), &bob, place, other).await), Problem::Unconfirmed);
        assert_eq!(house.mails().await.len(), mails, "nobody is written to in its name");
        invites::revoke(services, &origin(), &bob, place, other).await.expect("its own organization is its own");
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
        let claims = house.rows("SELECT organization_id FROM audit_log WHERE action = 'account.claimed'").await;
        assert_eq!(claims, [town.organization_id.to_string()], "it is told where the account counted");
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
}
