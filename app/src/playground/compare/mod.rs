//! Two queries, or one query of two indexes, side by side.

mod form;
mod page;
mod table;

pub use page::ComparePage;
