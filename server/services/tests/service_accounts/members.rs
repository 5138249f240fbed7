//! Service accounts among the members of places, and projects as people name them.

use super::robot;
use crate::house::{House, on_both, origin, problem};
use conifer_domain::{
    Field, Problem, Rule, organizations::OrganizationRole, projects::ProjectRole,
    service_accounts::ServiceMembers,
};
use conifer_services::{authorize::authorize, projects, service_accounts};

fn told<R: Copy>(members: &ServiceMembers<R>) -> Vec<(&str, R, bool)> {
    members.items.iter().map(|one| (one.name.as_str(), one.role, one.disabled)).collect()
}

on_both! {
    async fn a_place_lists_the_programs_in_it(house: &House) {
        let town = house.town().await;
        let (s, o, of) = (&house.services, &origin(), town.organization_id);
        let deploy = robot(&town, "Deploy", Some(OrganizationRole::Manager), None).await;
        robot(&town, "Backups", None, Some(ProjectRole::User)).await;
        let gone = robot(&town, "Gone", Some(OrganizationRole::Owner), Some(ProjectRole::User)).await;
        service_accounts::delete(s, o, &town.ada, of, gone.id, "Gone").await.expect("deleted");
        service_accounts::disable(s, o, &town.ada, of, deploy.id).await.expect("disabled");

        let right = authorize(s, o, &town.ada, of).await.expect("a right");
        let found = service_accounts::of_organization(s, &right, "").await.expect("a list");
        assert_eq!(told(&found), [("Deploy", OrganizationRole::Manager, true)]);
        let none = service_accounts::of_organization(s, &right, "backups").await.expect("a list");
        assert_eq!(none, ServiceMembers::default());
        let right = authorize(s, o, &town.ada, town.project_id).await.expect("a right");
        let found = service_accounts::of_project(s, &right, "BACK").await.expect("a list");
        assert_eq!(told(&found), [("Backups", ProjectRole::User, false)]);
    }

    async fn a_project_is_found_by_its_name_in_its_organization_alone(house: &House) {
        let town = house.town().await;
        let (s, o, of) = (&house.services, &origin(), town.organization_id);
        let id = projects::create(s, o, &town.ada, of, "Straße").await.expect("a project");
        let right = authorize(s, o, &town.ada, of).await.expect("a right");
        for name in ["Straße", " straße "] {
            assert_eq!(service_accounts::project_named(s, &right, name).await.expect("an id"), id, "{name}");
        }
        for (name, rule) in [("Strasse?", Rule::Unknown), ("", Rule::Required)] {
            let refused = problem(service_accounts::project_named(s, &right, name).await);
            assert_eq!(refused, Problem::invalid(Field::ProjectName, rule), "{name}");
        }
    }
}
