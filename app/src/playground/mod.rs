//! The playground: trying queries.

mod expected;
mod form;
mod functions;
mod page;
mod picture;
mod results;

pub use page::PlaygroundPage;
