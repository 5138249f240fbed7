//! What came of a saved query that says which records it must find.

use crate::ids::SavedQueryId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestedQuery {
    pub id: SavedQueryId,
    pub tested: Tested,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tested {
    /// What was expected, in this order, and the rank at which it was found.
    pub ranks: Vec<(String, Option<usize>)>,
    pub took_us: u64,
    /// Why it could not be run, in the engine's words.
    pub refused: Option<String>,
}

impl Tested {
    pub fn of(expected: &[String], found: &[String], took_us: u64) -> Self {
        let rank = |id: &String| found.iter().position(|found| found == id).map(|at| at + 1);
        Self { ranks: expected.iter().map(|id| (id.clone(), rank(id))).collect(), took_us, refused: None }
    }

    /// Whether everything expected was found.
    pub fn passed(&self) -> bool {
        self.refused.is_none() && self.ranks.iter().all(|(_, rank)| rank.is_some())
    }

    /// The share of the expected that was found.
    pub fn recall(&self) -> f64 {
        if self.refused.is_some() {
            return 0.0;
        }
        let found = self.ranks.iter().filter(|(_, rank)| rank.is_some()).count();
        if self.ranks.is_empty() { 1.0 } else { found as f64 / self.ranks.len() as f64 }
    }

    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.ranks.iter().filter(|(_, rank)| rank.is_none()).map(|(id, _)| id.as_str())
    }

    /// What was found in another order than expected: its place among those found, and the one it came to.
    pub fn moved(&self) -> Vec<(&str, usize, usize)> {
        let found: Vec<(&str, usize)> =
            self.ranks.iter().filter_map(|(id, rank)| rank.map(|rank| (id.as_str(), rank))).collect();
        let place = |rank: usize| 1 + found.iter().filter(|(_, other)| *other < rank).count();
        let places = found.iter().enumerate().map(|(at, (id, rank))| (*id, at + 1, place(*rank)));
        places.filter(|(_, expected, came)| expected != came).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tested(expected: &[&str], found: &[&str]) -> Tested {
        let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        Tested::of(&owned(expected), &owned(found), 1)
    }

    #[test]
    fn all_that_is_expected_must_be_found() {
        let good = tested(&["a", "b"], &["x", "a", "b"]);
        assert!(good.passed() && good.moved().is_empty());
        assert_eq!((good.recall(), good.ranks[0].1), (1.0, Some(2)));
        let bad = tested(&["a", "b", "c", "d"], &["c", "a", "d"]);
        assert!(!bad.passed());
        assert_eq!((bad.recall(), bad.missing().collect::<Vec<_>>()), (0.75, vec!["b"]));
        assert_eq!(bad.moved(), [("a", 1, 2), ("c", 2, 1)]);
    }

    #[test]
    fn what_cannot_be_run_does_not_pass() {
        let refused = Tested { refused: Some("no".into()), ..tested(&["a"], &["a"]) };
        assert!(!refused.passed());
        assert_eq!(refused.recall(), 0.0);
    }
}
