//! The messages of `proto/vector_service.proto`, which is what clients are made from. A test holds the two together.

mod namespaces;
mod records;
#[cfg(test)]
mod tests;

pub use namespaces::*;
pub use prost_types::{ListValue, Struct, Value, value::Kind};
pub use records::*;
