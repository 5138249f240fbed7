use crate::{
    house::{House, on_both, origin},
    people::Town,
};
use conifer_domain::{
    ids::{OrganizationId, ProjectId},
    limits::{MENU_ORGANIZATIONS_MAX, MENU_PROJECTS_MAX},
    organizations::OrganizationRole::{Member, Owner},
    projects::ProjectRole,
};
use conifer_services::{places, projects, sessions::Current};

/// The menu as text: "Organization: project, project".
async fn menu(
    town: &Town<'_>,
    who: &Current,
    organization: Option<OrganizationId>,
    project: Option<ProjectId>,
) -> Vec<String> {
    let places = places::list(&town.house.services, who, organization, project).await.expect("a menu");
    let line = |place: conifer_domain::places::Place| {
        let projects: Vec<_> = place.projects.into_iter().map(|project| project.name).collect();
        format!("{}: {}", place.organization.name, projects.join(", "))
    };
    places.into_iter().map(line).collect()
}

on_both! {
    async fn everybody_sees_the_places_they_may_enter(house: &House) {
        let town = house.town().await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        town.new_project("Apples").await;
        assert_eq!(menu(&town, &town.ada, None, None).await, ["Analytical Engines: Apples, First notes"]);
        assert_eq!(menu(&town, &bob, None, None).await, ["Analytical Engines: First notes", "Bob and sons: Bob's own"]);
        let places = places::list(&house.services, &bob, None, None).await.expect("a menu");
        assert_eq!(places[0].projects[0].role, ProjectRole::User);
        town.put(&bob, Some(Owner), None).await;
        assert_eq!(menu(&town, &bob, None, None).await[0], "Analytical Engines: Apples, First notes");
        town.put(&bob, None, None).await;
        assert_eq!(menu(&town, &bob, None, None).await, ["Bob and sons: Bob's own"]);
    }

    async fn the_place_one_is_at_comes_first_and_is_never_left_out(house: &House) {
        let town = house.town().await;
        for nth in 0..MENU_PROJECTS_MAX + 3 {
            town.new_project(&format!("Apple {nth}")).await;
        }
        let zoo = town.new_project("Zoo").await;
        for nth in 0..MENU_ORGANIZATIONS_MAX {
            town.new_organization(&format!("Shell {nth}")).await;
        }
        let last = town.new_organization("Last").await;
        let apples = "Apple 0, Apple 1, Apple 2, Apple 3, Apple 4";
        let at_nothing = menu(&town, &town.ada, None, None).await;
        assert_eq!(at_nothing[0], format!("Analytical Engines: {apples}"));
        assert_eq!(at_nothing.len(), 50);
        assert_eq!(menu(&town, &town.ada, None, Some(zoo)).await[0], format!("Analytical Engines: Zoo, {apples}"));
        assert_eq!(menu(&town, &town.ada, Some(last), None).await[0], "Last: ");
    }

    async fn what_one_may_not_enter_is_not_shown_even_when_named(house: &House) {
        let town = house.town().await;
        let hidden = town.new_project("Hidden").await;
        let bob = town.member("Bob", Member, Some(ProjectRole::User)).await;
        let eve = house.person("Eve").await;
        assert_eq!(menu(&town, &bob, None, Some(hidden)).await[0], "Analytical Engines: First notes");
        let younger = town.new_organization("Younger").await;
        let secret = projects::create(&house.services, &origin(), &town.ada, younger, "Secret").await;
        house
            .run(
                "INSERT INTO organization_members (organization_id, user_id, role, created_at) VALUES ($1, $2, 'member', 1)",
                &[younger.to_string(), bob.account.id.to_string()],
            )
            .await;
        let at_nothing = menu(&town, &bob, None, None).await;
        assert_eq!(menu(&town, &bob, None, secret.ok()).await, at_nothing, "its organization stays where it was");
        let at_foreign = menu(&town, &eve, Some(town.organization_id), Some(town.project_id)).await;
        assert_eq!(at_foreign, ["Eve and sons: Eve's own"]);
    }
}
