//! One owner always stays: in a project a person or a service account, in the organization a person.

use super::{enter, listed, robot};
use crate::house::{House, on_both, origin, problem};
use conifer_domain::{
    Field, Problem, Rule,
    organizations::OrganizationRole::{Manager, Member, Owner},
    projects::{ProjectQuery, ProjectRole},
    service_accounts::ServiceRoles,
};
use conifer_services::{members, organizations, projects, service_accounts};

on_both! {
    async fn an_organization_keeps_an_owner_who_can_sign_in(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", Some(Owner), None).await;
        let access = enter(&house.services, &robot).await;
        let (s, o, of, ada) = (&house.services, &origin(), town.organization_id, town.ada.account.id);
        let lowered = organizations::members::change_role(s, o, &access, of, ada, Member).await;
        assert_eq!(problem(lowered), Problem::LastOwner);
        assert_eq!(problem(organizations::members::remove(s, o, &access, of, ada).await), Problem::LastOwner);
        assert_eq!(problem(organizations::members::leave(s, o, &town.ada, of).await), Problem::LastOwner);
        assert_eq!(problem(organizations::members::leave(s, o, &access, of).await), Problem::Forbidden);
    }

    async fn a_project_is_owned_by_who_made_it(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", Some(Manager), None).await;
        let access = enter(&house.services, &robot).await;
        let (s, o, of) = (&house.services, &origin(), town.organization_id);
        let id = projects::create(s, o, &access, of, "Made").await.expect("a project");
        let mine = projects::page(s, &access, &ProjectQuery::default()).await.expect("a list").items;
        let mine: Vec<_> = mine.iter().map(|row| (row.id, row.role)).collect();
        assert_eq!(mine, [(id, ProjectRole::Owner)]);

        let gone = service_accounts::delete(s, o, &town.ada, of, robot.id, "Deploy").await;
        assert_eq!(problem(gone), Problem::LastOwnerOfProjects { project_ids: vec![id] });
        for role in [None, Some(ProjectRole::User)] {
            let lowered = service_accounts::set_project_role(s, o, &town.ada, of, robot.id, id, role).await;
            assert_eq!(problem(lowered), Problem::LastOwner);
        }
        members::add(s, o, &town.ada, id, town.ada.account.id, ProjectRole::Owner).await.expect("added");
        service_accounts::delete(s, o, &town.ada, of, robot.id, "Deploy").await.expect("deleted");
        let last = members::remove(s, o, &town.ada, id, town.ada.account.id).await;
        assert_eq!(problem(last), Problem::LastOwner);
    }

    async fn a_person_may_go_where_a_service_account_owns(house: &House) {
        let town = house.town().await;
        let (s, o, ada) = (&house.services, &origin(), town.ada.account.id);
        let alone = members::remove(s, o, &town.ada, town.project_id, ada).await;
        assert_eq!(problem(alone), Problem::LastOwner);
        robot(&town, "Deploy", None, Some(ProjectRole::Owner)).await;
        let (s, of) = (&house.services, town.organization_id);
        let idle = listed(&town).await.remove(0).id;
        service_accounts::disable(s, o, &town.ada, of, idle).await.expect("disabled");
        let alone = members::remove(s, o, &town.ada, town.project_id, ada).await;
        assert_eq!(problem(alone), Problem::LastOwner, "who is disabled owns nothing");
        service_accounts::enable(s, o, &town.ada, of, idle).await.expect("enabled");
        members::remove(s, o, &town.ada, town.project_id, ada).await.expect("removed");
    }

    async fn roles_are_given_and_taken(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", Some(Member), Some(ProjectRole::User)).await;
        let (s, o, of) = (&house.services, &origin(), town.organization_id);
        service_accounts::set_role(s, o, &town.ada, of, robot.id, Some(Manager)).await.expect("raised");
        service_accounts::set_project_role(s, o, &town.ada, of, robot.id, town.project_id, Some(ProjectRole::Owner))
            .await.expect("raised");
        let shown = listed(&town).await.remove(0);
        assert_eq!((shown.role, shown.projects[0].role), (Some(Manager), ProjectRole::Owner));
        assert_eq!(shown.created_by.as_deref(), Some("Ada"));
        service_accounts::set_role(s, o, &town.ada, of, robot.id, None).await.expect("taken");
        service_accounts::set_project_role(s, o, &town.ada, of, robot.id, town.project_id, None).await.expect("taken");
        let shown = listed(&town).await.remove(0);
        assert_eq!((shown.role, shown.projects.len()), (None, 0));
    }

    async fn what_belongs_elsewhere_does_not_exist(house: &House) {
        let town = house.town().await;
        let robot = robot(&town, "Deploy", Some(Owner), None).await;
        let (s, o) = (&house.services, &origin());
        let eve = house.person("Eve").await;
        let theirs = projects::page(s, &eve, &ProjectQuery::default()).await.expect("a list").items.remove(0);
        let roles = ServiceRoles { organization: None, projects: vec![(theirs.id, ProjectRole::User)] };
        let into = service_accounts::create(s, o, &town.ada, town.organization_id, "Spy", roles).await;
        assert_eq!(problem(into), Problem::NotFound);
        let rotated = service_accounts::rotate(s, o, &eve, theirs.organization_id, robot.id).await;
        assert_eq!(problem(rotated), Problem::NotFound);
        let access = enter(s, &robot).await;
        let made = projects::create(s, o, &access, theirs.organization_id, "Mine").await;
        assert_eq!(problem(made), Problem::NotFound);
    }

    async fn names_are_unique_and_have_limits(house: &House) {
        let town = house.town().await;
        let first = robot(&town, "Deploy", None, None).await;
        let other = robot(&town, "Other", None, None).await;
        let (s, o, of) = (&house.services, &origin(), town.organization_id);
        let taken = Problem::invalid(Field::ServiceAccountName, Rule::Taken);
        let again = service_accounts::create(s, o, &town.ada, of, "dePLOY", ServiceRoles::default()).await;
        assert_eq!(problem(again), taken);
        assert_eq!(problem(service_accounts::rename(s, o, &town.ada, of, other.id, "DEPLOY").await), taken);
        service_accounts::rename(s, o, &town.ada, of, first.id, "DEPLOY").await.expect("its own name");
        let long = service_accounts::rename(s, o, &town.ada, of, first.id, &"x".repeat(81)).await;
        let rule = Rule::TooLong { chars_max: 80 };
        assert_eq!(problem(long), Problem::invalid(Field::ServiceAccountName, rule));
    }
}
