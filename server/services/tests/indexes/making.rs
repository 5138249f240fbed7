//! Making and changing indexes.

use super::*;

on_both! {
    async fn one_is_ready_when_it_was_made(house: &House) {
        let town = house.town().await;
        let asked = NewIndex {
            deployment: Deployment::serverless("mars", "olympus-1", ReadCapacity::OnDemand).expect("a deployment"),
            tags: tags(&[("team", "search")]),
            deletion_protection: true,
            ..new("notes")
        };
        let made = town.create(asked.clone()).await.expect("an index");
        assert_eq!((made.name.as_str(), made.state, made.port), ("notes", IndexState::Ready, Some(5081)));
        assert_eq!((&made.deployment, &made.tags), (&asked.deployment, &asked.tags));
        assert!(made.deletion_protection && made.vectors == asked.vectors);
        let granted = authorize(&house.services, &origin(), &town.ada, made.id).await.expect("a right");
        let described = indexes::describe(&house.services, &granted).await.expect("the index");
        assert_eq!(described.id, indexes::named(&house.services, town.project_id, "notes"));
        let stats = indexes::measure(&house.services, &granted).await.expect("its size");
        assert_eq!((stats.records, stats.namespaces), (0, 0));
        assert!(town.deeds().await.contains(&"index.created".to_owned()));
    }

    async fn a_name_is_taken_once_in_a_project(house: &House) {
        let town = house.town().await;
        town.index("notes").await;
        assert_eq!(problem(town.create(new("notes")).await), Problem::invalid(Field::IndexName, Rule::Taken));
        let other = town.new_project("Other").await;
        let elsewhere = indexes::create(&house.services, &origin(), &town.ada, other, new("notes")).await;
        assert_eq!(elsewhere.expect("free there").port, Some(5082));
        assert_eq!(town.names().await, ["notes"]);
    }

    async fn of_many_who_race_for_a_name_one_gets_it(house: &House) {
        let town = house.town().await;
        let mut racers = JoinSet::new();
        for _ in 0..8 {
            let (services, ada, project) = (house.services.clone(), town.ada.clone(), town.project_id);
            racers.spawn(async move {
                indexes::create(&services, &origin(), &ada, project, new("wanted")).await.map(|entry| entry.id)
            });
        }
        let outcomes = racers.join_all().await;
        let won: Vec<_> = outcomes.iter().flatten().collect();
        assert_eq!(won.len(), 1);
        for lost in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
            assert_eq!(lost.problem(), Problem::invalid(Field::IndexName, Rule::Taken));
        }
        assert_eq!(indexes::named(&house.services, town.project_id, "wanted"), *won[0]);
        assert_eq!(rows(house).await, ["ready"]);
    }

    async fn what_is_configured_is_kept(house: &House) {
        let town = house.town().await;
        let id = town.create(NewIndex { tags: tags(&[("a", "1"), ("b", "2")]), ..new("notes") }).await.expect("an index").id;
        let change = IndexChange {
            tags: Some(tags(&[("a", ""), ("c", "3")])),
            deletion_protection: Some(true),
            read_capacity: Some(ReadCapacity::dedicated("b1", 1, 1).expect("a capacity")),
            ..IndexChange::default()
        };
        let changed = town.configure(id, change.clone()).await.expect("changed");
        assert_eq!((&changed.tags, changed.deletion_protection), (&tags(&[("b", "2"), ("c", "3")]), true));
        assert_eq!(changed.deployment.read_capacity(), change.read_capacity.as_ref());
        let deeds = async || town.deeds().await.iter().filter(|deed| *deed == "index.configured").count();
        assert_eq!(deeds().await, 1);
        town.configure(id, IndexChange { deletion_protection: Some(true), ..IndexChange::default() }).await.expect("as it is");
        assert_eq!(deeds().await, 1, "nothing was changed");
        let pods = IndexChange { pods: Some(PodChange { replicas: Some(2), pod_type: None }), ..IndexChange::default() };
        assert_eq!(problem(town.configure(id, pods.clone()).await), Problem::invalid(Field::PodType, Rule::OtherDeployment));
        let deployment = Deployment::pod("here", PodType::default(), 1, 1).expect("a deployment");
        let id = town.create(NewIndex { deployment, ..new("pods") }).await.expect("an index").id;
        let changed = town.configure(id, pods).await.expect("changed");
        assert!(matches!(&changed.deployment, Deployment::Pod { replicas: 2, .. }));
    }
}
