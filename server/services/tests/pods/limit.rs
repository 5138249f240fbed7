use super::of_pods;
use crate::{
    house::{House, on_both, origin, problem},
    indexes::new,
};
use conifer_domain::{
    Field, Problem, Rule, limits::POD_LIMIT_MAX, organizations::OrganizationRole::Member, pods::ProjectPods,
    projects::ProjectRole::User,
};
use conifer_services::{authorize::authorize, pods};

on_both! {
    async fn an_owner_changes_it_and_everybody_sees_it(house: &House) {
        let town = house.town().await;
        let (services, project) = (&house.services, town.project_id);
        assert_eq!(town.pods(project).await, ProjectPods { limit: 100, used: 0 });
        town.limit_pods(7).await;
        let bob = town.member("Bob", Member, Some(User)).await;
        let granted = authorize(services, &origin(), &bob, project).await.expect("a right");
        assert_eq!(pods::get(services, &granted).await.expect("the pods"), ProjectPods { limit: 7, used: 0 });
        assert!(matches!(problem(pods::set_limit(services, &origin(), &bob, project, 8).await), Problem::Denied { .. }));
        let far = problem(pods::set_limit(services, &origin(), &town.ada, project, 100_001).await);
        let range = Rule::Range { min: 0, max: POD_LIMIT_MAX, found: 100_001 };
        assert_eq!(far, Problem::invalid(Field::PodLimit, range));
        let deeds = async || town.deeds().await.iter().filter(|deed| *deed == "project.pod-limit-changed").count();
        assert_eq!(deeds().await, 1);
        town.limit_pods(7).await;
        assert_eq!(deeds().await, 1, "nothing was changed");
    }

    async fn indexes_take_pods_and_give_them_back(house: &House) {
        let town = house.town().await;
        let project = town.project_id;
        town.limit_pods(6).await;
        town.create(new("without")).await.expect("an index");
        let id = town.create(of_pods("first", "p1.x8", 2, 2)).await.expect("an index").id;
        assert_eq!(town.pods(project).await, ProjectPods { limit: 6, used: 4 });
        let full = |used, wanted| Problem::PodsFull { pods_max: 6, used, wanted };
        assert_eq!(problem(town.create(of_pods("second", "s1.x1", 3, 1)).await), full(4, 3));
        assert_eq!(problem(town.resize(id, None, Some(4)).await), full(4, 4));
        town.resize(id, Some("s1.x2"), Some(3)).await.expect("larger");
        assert_eq!(town.pods(project).await.used, 6);
        town.limit_pods(1).await;
        assert_eq!(problem(town.create(of_pods("second", "s1.x1", 1, 1)).await), Problem::PodsFull { pods_max: 1, used: 6, wanted: 1 });
        town.resize(id, None, Some(1)).await.expect("smaller, though still above the limit");
        town.create(new("without-too")).await.expect("nothing is limited that has no pods");
        town.delete(id).await.expect("gone");
        assert_eq!(town.pods(project).await.used, 0);
        town.create(of_pods("second", "s1.x1", 1, 1)).await.expect("an index");
        let other = town.new_project("Other").await;
        assert_eq!(town.pods(other).await, ProjectPods { limit: 100, used: 0 });
    }

    async fn what_is_restored_takes_pods_too(house: &House) {
        let town = house.town().await;
        let id = town.create(of_pods("first", "p1.x1", 2, 1)).await.expect("an index").id;
        let backup = town.back_up(id, "kept").await.expect("a backup");
        town.limit_pods(3).await;
        let restore = async || town.restore(backup.id, "again").await;
        assert_eq!(problem(restore().await), Problem::PodsFull { pods_max: 3, used: 2, wanted: 2 });
        town.limit_pods(4).await;
        restore().await.expect("an index");
        assert_eq!(town.pods(town.project_id).await.used, 4);
    }
}
