//! The letters that go to the invited.

use super::{BOB, invite};
use crate::{house::origin, mailbox::token};
use conifer_domain::{organizations::OrganizationRole::Manager, projects::ProjectRole::User};
use conifer_services::invites;

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
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "../mails" }, {
                    insta::assert_snapshot!(name, shown);
                });
            }
        }
        house
    })
    .await;
}
