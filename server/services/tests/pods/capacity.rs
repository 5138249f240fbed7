use super::of_pods;
use crate::{
    house::{House, on_both, origin, problem},
    records::{default, like, record},
};
use conifer_domain::{
    Problem,
    indexes::{Deployment, IndexName},
};
use conifer_services::{authorize::authorize, backups, engine::Record, namespaces, records};
use std::{ops::Range, sync::Arc};
use tokio::task::JoinSet;

fn numbered(range: Range<usize>) -> Vec<Record> {
    range.map(|n| record(&format!("r{n}"), [1.0, n as f32 + 1.0])).collect()
}

on_both! {
    async fn beyond_it_an_upsert_is_refused_whole(house: &House) {
        let town = house.town().await;
        let id = town.create(of_pods("pods", "p1.x1", 3, 1)).await.expect("an index").id;
        let put = async |range| town.upsert(id, default(), numbered(range)).await;
        put(0..990).await.expect("written");
        let full = |held, wanted| Problem::CapacityReached { records_max: 1_000, held, wanted };
        assert_eq!(problem(put(980..1_001).await), full(990, 11));
        assert_eq!(town.count(id).await, 990);
        put(980..1_000).await.expect("written");
        put(0..500).await.expect("replaced, though it is full");
        let elsewhere = namespaces::parse("other").expect("a name");
        assert_eq!(problem(town.upsert(id, elsewhere, numbered(0..1)).await), full(1_000, 1));
        town.resize(id, Some("p1.x2"), None).await.expect("larger");
        put(1_000..1_001).await.expect("written");
        let small = Problem::PodsTooSmall { records_max: 1_000, held: 1_001 };
        assert_eq!(problem(town.resize(id, Some("p1.x1"), None).await), small);
    }

    async fn a_collection_needs_pods_that_hold_it(house: &House) {
        let town = house.town().await;
        let id = town.create(of_pods("large", "p1.x2", 1, 1)).await.expect("an index").id;
        for from in [0, 1_000] {
            town.upsert(id, default(), numbered(from..from + 1_000)).await.expect("written");
        }
        let name = IndexName::parse("kept").expect("a name");
        backups::create_collection(&house.services, &origin(), &town.ada, id, &name).await.expect("a collection");
        let from = |pod_type| {
            let mut new = of_pods("small", pod_type, 1, 1);
            if let Deployment::Pod { source_collection, .. } = &mut new.deployment {
                *source_collection = Some("kept".to_owned());
            }
            new
        };
        assert_eq!(problem(town.create(from("p1.x1")).await), Problem::PodsTooSmall { records_max: 1_000, held: 2_000 });
        let made = town.create(from("p2.x2")).await.expect("an index").id;
        assert_eq!(town.count(made).await, 2_000);
    }

    async fn writers_at_once_fill_it_and_no_more(house: &House) {
        let town = house.town().await;
        let id = town.create(of_pods("pods", "p1.x1", 1, 1)).await.expect("an index").id;
        let granted = Arc::new(town.granted(id).await);
        let mut writers = JoinSet::new();
        for n in 0..25 {
            let (services, granted) = (house.services.clone(), Arc::clone(&granted));
            let records = numbered(n * 100..(n + 1) * 100);
            writers.spawn(async move { records::upsert(&services, &granted, default(), records).await });
        }
        let outcomes = writers.join_all().await;
        let refused = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        assert!(refused.clone().all(|error| matches!(error.problem(), Problem::CapacityReached { .. })), "{outcomes:?}");
        assert_eq!((refused.count(), town.count(id).await), (15, 1_000));
    }

    /// While its size goes up and down, all that is asked is done and all that is written stays.
    async fn resizing_under_load_loses_nothing(house: &House) {
        const WRITERS: usize = 4;
        const WRITES: usize = 40;
        let town = house.town().await;
        let id = town.create(of_pods("pods", "p1.x1", 1, 1)).await.expect("an index").id;
        let (upsert, query) = (Arc::new(town.granted(id).await), Arc::new(town.granted(id).await));
        let mut load = JoinSet::new();
        for writer in 0..WRITERS {
            let (services, upsert, query) = (house.services.clone(), Arc::clone(&upsert), Arc::clone(&query));
            load.spawn(async move {
                for n in 0..WRITES {
                    let at = (writer * WRITES + n) * 5;
                    records::upsert(&services, &upsert, default(), numbered(at..at + 5)).await.expect("written");
                    let found = records::query(&services, &query, default(), like([1.0, at as f32 + 1.0], 3)).await;
                    assert_eq!(found.expect("an answer").value.matches.len(), 3);
                }
            });
        }
        let sizes = ["p1.x8", "p1.x2", "s1.x4", "p1.x1"];
        for n in 0..40 {
            town.resize(id, Some(sizes[n % sizes.len()]), Some(n as u32 % 3 + 1)).await.expect("another size");
        }
        load.join_all().await;
        assert_eq!(town.count(id).await, (WRITERS * WRITES * 5) as u64);
        let granted = authorize(&house.services, &origin(), &town.ada, town.project_id).await.expect("a right");
        assert_eq!(conifer_services::pods::get(&house.services, &granted).await.expect("pods").used, 1);
    }
}
