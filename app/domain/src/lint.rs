//! What may be wrong with the records of a namespace, counted.

use serde::{Deserialize, Serialize};

/// Of how many records each thing is looked at, at most: then of some that are spread evenly.
pub const LINT_RECORDS_MAX: u64 = 20_000;
/// Up to so many records all are compared with each other.
pub const DUPLICATES_RECORDS_MAX: u64 = 1_000_000;
/// How many ids are told of each thing.
pub const LINT_IDS_MAX: usize = 50;
/// How far from 1 the length of a vector is that counts as 1.
pub const UNIT_LENGTH_TOLERANCE: f64 = 1e-3;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lint {
    pub records: u64,
    pub looked_at: u64,
    /// Whether time was over before all that were chosen were looked at.
    pub cut_short: bool,
    /// Vectors so short that they have no direction.
    pub zero: Finding,
    /// Vectors with a length other than 1.
    pub unnormalised: Finding,
    /// The shortest and the longest length.
    pub lengths: Option<(f64, f64)>,
    /// Records with the values of another. None where there were too many to compare, or where vectors are sparse.
    pub duplicates: Option<Finding>,
    /// Fields of the metadata that hold values of several kinds.
    pub mixed: Vec<Mixed>,
}

/// How many records, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub count: u64,
    pub ids: Vec<String>,
}

impl Finding {
    pub fn add(&mut self, id: &str) {
        self.count += 1;
        if self.ids.len() < LINT_IDS_MAX {
            self.ids.push(id.to_owned());
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mixed {
    pub field: String,
    /// The most frequent kind first.
    pub kinds: Vec<(String, Finding)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_some_are_named() {
        let mut finding = Finding::default();
        (0..100).for_each(|n| finding.add(&n.to_string()));
        assert_eq!((finding.count, finding.ids.len()), (100, LINT_IDS_MAX));
    }
}
