//! What programs can ask of the API, as a page to read.

mod functions;
mod operation;
mod page;

pub use page::ApiReferencePage;

/// Its address.
pub const ADDRESS: &str = "/api-reference";
