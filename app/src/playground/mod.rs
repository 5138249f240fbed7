//! The playground: trying queries.

mod address;
mod compare;
mod expected;
mod fields;
mod filter;
mod form;
mod functions;
mod graph;
mod page;
mod picture;
mod pictures;
mod queries;
mod results;
mod ways;

pub use compare::ComparePage;
pub use page::PlaygroundPage;
pub use queries::QueriesPage;
