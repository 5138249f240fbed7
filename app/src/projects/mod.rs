//! Projects: their list, and the page of one.

mod page;
mod table;

pub use page::{ProjectPage, fetch_project};
pub use table::ProjectTable;
