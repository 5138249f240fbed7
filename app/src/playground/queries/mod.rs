//! Saved queries, those that are tests, and the last ones of a person.

mod form;
mod outcome;
mod page;
mod table;

pub use page::QueriesPage;
