//! The vector engine: records with dense and sparse values and typed metadata. It knows nothing of users, HTTP or SQL.

#[cfg(target_endian = "big")]
compile_error!("the files hold numbers in little-endian order and are read in place");

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod engine;
mod error;
pub mod filter;
mod format;
mod index;
mod invalid;
pub mod limits;
mod log;
mod namespace;
mod native;
mod port;
mod records;
mod score;
mod search;
mod segment;
mod survey;
pub mod vfs;

pub use engine::{Engine, Settings, examine};
pub use error::{Error, Result, Thing};
pub use filter::Filter;
pub use index::{Examined, Index, IndexSpec, IndexStats, NamespaceCount, Page, Written};
pub use invalid::{Invalid, Rule};
pub use port::VectorEngine;
pub use records::{
    IndexName, Metadata, NamespaceName, Patch, Record, RecordId, SnapshotName, SparseValues, Value, Values,
};
pub use score::Metric;
pub use search::{Answer, Explanation, Match, Query, Target, Took};
pub use survey::{Mapped, Outlier, Selection};

#[cfg(test)]
mod tests;
