//! What a query comes to.

use crate::records::{Metadata, RecordId, SparseValues, Values};
use std::time::Duration;

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The best first; of equal scores in the order of their ids.
    pub matches: Vec<Match>,
    pub explanation: Explanation,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub id: RecordId,
    pub score: f32,
    pub values: Option<Values>,
    pub sparse: Option<SparseValues>,
    pub metadata: Option<Metadata>,
}

/// How an answer was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Whether every record that passes the filter was looked at.
    pub exact: bool,
    pub segments: usize,
    /// Groups of near records that were opened.
    pub cells: usize,
    /// Records whose score was estimated from a code.
    pub estimated: usize,
    /// Records whose score was computed.
    pub scored: usize,
    pub took: Took,
}

/// How long each step of a query took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Took {
    /// Finding the records of segments that pass the filter.
    pub filter: Duration,
    /// Filtering and scoring the records that are in no segment yet.
    pub memory: Duration,
    /// Opening groups of near records: estimates by codes, and the scores of what may be among the best.
    pub cells: Duration,
    /// Scoring the records of segments one by one.
    pub rows: Duration,
    /// Reading what the matches carry.
    pub matches: Duration,
}

impl Took {
    pub fn total(&self) -> Duration {
        self.filter + self.memory + self.cells + self.rows + self.matches
    }
}

impl Explanation {
    /// Of an answer for which nothing had to be looked at.
    pub(crate) fn nothing() -> Self {
        Self { exact: true, ..Self::default() }
    }
}
