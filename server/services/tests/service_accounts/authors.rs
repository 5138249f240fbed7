//! What service accounts make, and that the log names them.

use super::{enter, robot};
use crate::{
    api_keys::reader,
    house::{House, on_both, origin, problem},
    mailbox::token as token_of,
};
use conifer_domain::{
    Problem,
    audit::{AuditFilter, Program},
    organizations::OrganizationRole::{Member, Owner},
    paging::Paging,
    projects::ProjectRole,
};
use conifer_services::{api_keys, audit, authorize::authorize, invites, service_accounts};

on_both! {
    async fn what_it_makes_bears_its_name(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", Some(Owner), None).await;
        let access = enter(&house.services, &robot).await;
        let (s, o, of) = (&house.services, &origin(), town.organization_id);
        let key = api_keys::create(s, o, &access, town.project_id, "Search", reader()).await.expect("a key");
        let proof = authorize(s, o, &access, town.project_id).await.expect("a right");
        let shown = api_keys::get(s, &proof, key.id).await.expect("a key");
        assert_eq!(shown.created_by.as_deref(), Some("Deploy"));

        let proof = authorize(s, o, &town.ada, of).await.expect("a right");
        let entry = async || {
            let log = audit::list(s, &proof, &AuditFilter::default(), &Paging::default()).await.expect("the log");
            log.items.into_iter().find(|entry| entry.action == "api-key.created").expect("an entry")
        };
        let told = (Some(robot.id.to_string()), "Deploy".to_owned(), Some(Program::ServiceAccount));
        let actor = entry().await.actor;
        assert_eq!((actor.id.map(|id| id.to_string()), actor.name, actor.program), told);
        service_accounts::delete(s, o, &town.ada, of, robot.id, "Deploy").await.expect("deleted");
        assert_eq!(entry().await.actor.name, "Deploy", "also when it is gone");
    }

    async fn it_invites_as_long_as_it_may(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", Some(Member), Some(ProjectRole::Owner)).await;
        let access = enter(&house.services, &robot).await;
        let (s, o, of) = (&house.services, &origin(), town.organization_id);
        for address in ["bob@example.com", "cyd@example.com"] {
            invites::create(s, o, &access, town.project_id, address, ProjectRole::User).await.expect("invited");
        }
        let letter = house.mail_to("bob@example.com").await;
        assert!(letter.text.contains("Deploy, a program of Analytical Engines, invites you"), "{}", letter.text);
        let password = crate::house::PASSWORD;
        let token = token_of(&letter.text);
        let shown = invites::show(s, None, &token).await.expect("an invitation");
        assert_eq!(shown.invited_by, "Deploy");
        invites::accept_as_new(s, o, &token, "Bob", password).await.expect("let in");

        service_accounts::disable(s, o, &town.ada, of, robot.id).await.expect("disabled");
        let token = token_of(&house.mail_to("cyd@example.com").await.text);
        let late = invites::accept_as_new(s, o, &token, "Cyd", password).await;
        assert_eq!(problem(late.map(|_| ())), Problem::InviterLost);
    }
}
