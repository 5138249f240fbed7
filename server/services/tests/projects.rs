use crate::house::{House, START_MS, on_both, problem};
use conifer_domain::{Problem, ids::ProjectId, projects::ProjectRole};
use conifer_services::projects;

on_both! {
    async fn an_owner_enters_their_projects(house: &House) {
        let (_, ada) = house.ada().await;
        let founded = house.found().await;
        let list = projects::list(&house.services, &ada, founded.organization_id).await.expect("the projects");
        assert_eq!(list.len(), 1);
        let project = &list[0];
        assert_eq!((project.id, &*project.name), (founded.project_id, "First notes"));
        assert_eq!((project.role, project.created_at_ms), (ProjectRole::Owner, START_MS));
        assert_eq!(projects::get(&house.services, &ada, founded.project_id).await.expect("it"), *project);
    }

    async fn foreign_and_missing_are_the_same(house: &House) {
        let founded = house.found().await;
        let eve = crate::sign_up::account(house, "eve@example.com").await;
        let missing: ProjectId = uuid::Uuid::now_v7().into();
        for id in [founded.project_id, missing] {
            assert_eq!(problem(projects::get(&house.services, &eve, id).await), Problem::NotFound);
        }
        let list = projects::list(&house.services, &eve, founded.organization_id).await;
        assert_eq!(list.expect("an answer"), []);
    }
}
