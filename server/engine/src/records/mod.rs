//! The words for what is stored. A value of these types keeps its limits: making one checks them.

mod id;
mod metadata;
mod metadata_json;
mod record;
mod sparse;
mod values;

pub use id::{IndexName, NamespaceName, RecordId, SnapshotName};
pub use metadata::{Metadata, Value};
pub(crate) use metadata_json::describe;
pub use record::{Patch, Record};
pub use sparse::SparseValues;
pub use values::Values;

#[cfg(test)]
pub(crate) mod samples;
