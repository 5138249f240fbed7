//! How long an answer takes tells nothing about what one may not know of.

use super::{
    Operation, operations,
    town::{Town, Whom},
};
use crate::on_both_databases;
use std::time::{Duration, Instant};
use uuid::Uuid;

const PAIRS: usize = 100;
/// Real differences, such as a question that is asked for one of the two alone, come out larger on an idle machine
/// and last through every round on a busy one.
const RATIO_MAX: f64 = 1.5;
const ROUNDS_MAX: usize = 4;

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

/// How much longer foreign things take than missing ones, from pairs that are asked one after the other.
fn ratio(town: &Town, operation: Operation) -> f64 {
    let ask = |whom: &Whom| {
        let begun = Instant::now();
        assert_eq!(town.bob_asks(operation, whom).status, 404);
        begun.elapsed()
    };
    let (mut foreign, mut missing) = (Vec::new(), Vec::new());
    for pair in 0..PAIRS {
        let other = town.whom.instead(operation, &Uuid::now_v7().to_string());
        // Neither is always the first.
        if pair % 2 == 0 {
            foreign.push(ask(&town.whom));
            missing.push(ask(&other));
        } else {
            missing.push(ask(&other));
            foreign.push(ask(&town.whom));
        }
    }
    median(foreign) / median(missing)
}

on_both_databases! {
    fn foreign_things_take_as_long_as_missing_ones(database) {
        let mut town = Town::found(database);
        town.put(None, None);
        for path in ["/fn/projects/get", "/fn/organizations/get", "/projects/{project}"] {
            let operation = operations().find(|operation| operation.path == path).expect("a row");
            let mut ratios = Vec::new();
            let alike = (0..ROUNDS_MAX).any(|_| {
                let ratio = ratio(&town, operation);
                ratios.push(ratio);
                (1.0 / RATIO_MAX..=RATIO_MAX).contains(&ratio)
            });
            assert!(alike, "{path}: foreign / missing is {ratios:?}");
        }
    }
}
