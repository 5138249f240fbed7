//! Indexes that are made, resized and deleted at the same moment.

use super::{of_pods, sized};
use crate::house::{House, on_both, origin};
use conifer_domain::Problem;
use conifer_services::{Error, indexes};
use tokio::task::JoinSet;

const ROUNDS: usize = 12;
const RACERS: usize = 25;
const LIMIT: u64 = 9;

/// Done, or refused for want of pods: nothing else happens to who races.
fn is_done<T: std::fmt::Debug>(outcome: &Result<T, Error>) -> bool {
    match outcome.as_ref().map_err(Error::problem) {
        Ok(_) => true,
        Err(Problem::PodsFull { .. }) => false,
        Err(other) => panic!("{other:?}"),
    }
}

on_both! {
    async fn racing_creations_never_exceed_the_limit(house: &House) {
        let town = house.town().await;
        town.limit_pods(LIMIT).await;
        for round in 0..ROUNDS {
            let mut racers = JoinSet::new();
            for n in 0..RACERS {
                let (services, ada, project) = (house.services.clone(), town.ada.clone(), town.project_id);
                let new = of_pods(&format!("i{round}-{n}"), "p1.x1", n as i64 % 3 + 1, 1);
                racers.spawn(async move { indexes::create(&services, &origin(), &ada, project, new).await });
            }
            let made: Vec<_> = racers.join_all().await.into_iter().filter(is_done).flatten().collect();
            let pods: u64 = made.iter().map(|entry| entry.deployment.pods()).sum();
            assert_eq!(town.pods(town.project_id).await.used, pods);
            // Nine want one pod each, and find it as long as there is one.
            assert_eq!(pods, LIMIT, "round {round}");
            let mut racers = JoinSet::new();
            for (n, entry) in made.iter().enumerate() {
                let (services, ada, id) = (house.services.clone(), town.ada.clone(), entry.id);
                let change = sized(None, Some(n as u32 % 4 + 1));
                racers.spawn(async move { indexes::configure(&services, &origin(), &ada, id, change).await });
            }
            assert!(racers.join_all().await.iter().filter(|outcome| is_done(outcome)).count() > 0);
            assert!(town.pods(town.project_id).await.used <= LIMIT, "round {round}");
            for entry in made {
                town.delete(entry.id).await.expect("gone");
            }
        }
        assert_eq!(town.pods(town.project_id).await.used, 0);
    }
}
