//! Finding the records that are most like something.

mod near;
mod scan;

pub use scan::Search;

use crate::{
    filter::Filter,
    records::{Metadata, RecordId, SparseValues, Values},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub target: Target,
    pub top_k: usize,
    pub filter: Option<Filter>,
    /// Look at every record that passes the filter, whatever it takes.
    pub exact: bool,
    /// Whether matches carry values, dense and sparse.
    pub include_values: bool,
    pub include_metadata: bool,
}

/// What to be like.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A record of the same namespace.
    Id(RecordId),
    /// Dense values, sparse values, or both.
    ///
    /// With dense values every record has a score. With sparse values alone only those are matches that share a place.
    Vector { values: Option<Values>, sparse: Option<SparseValues> },
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
}

#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub id: RecordId,
    pub score: f32,
    pub values: Option<Values>,
    pub sparse: Option<SparseValues>,
    pub metadata: Option<Metadata>,
}
