//! Metadata by field: which rows have which value.

mod build;
mod read;

pub use build::ColumnsBuilder;
pub use read::Columns;

/// After the postings of all texts, each field has these three.
const PRESENT: usize = 0;
const TRUE: usize = 1;
const FALSE: usize = 2;
const PER_FIELD: usize = 3;
