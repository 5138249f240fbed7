//! The playground: queries that are kept under a name, what they are expected to find, and how two answers differ.

mod compared;
mod filters;
mod keys;
mod saved;
mod tested;

pub use compared::{Compared, ComparedRow, Placed, Side, compare};
pub use filters::{
    Clause, Completion, FilterFault, Joint, Operator, Shape, Takes, complete, fault, read_shape, typed_value,
};
pub use keys::MetadataKey;
pub use saved::{NewQuery, SavedQuery, expected_ids};
pub use tested::{Tested, TestedQuery};
