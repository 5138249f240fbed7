//! The vector engine: records with dense and sparse values and typed metadata. It knows nothing of users, HTTP or SQL.

#[cfg(target_endian = "big")]
compile_error!("the files hold numbers in little-endian order and are read in place");

pub mod filter;
mod invalid;
pub mod limits;
mod records;

pub use invalid::{Invalid, Rule};
pub use records::{IndexName, Metadata, NamespaceName, Patch, Record, RecordId, SparseValues, Value, Values};
