//! Finding the records that are most like something.

mod answer;
mod near;
mod scan;
mod together;

pub use answer::{Answer, Explanation, Match, Took};
pub use scan::Search;
pub use together::run_all;

use crate::{
    filter::Filter,
    records::{RecordId, SparseValues, Values},
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
