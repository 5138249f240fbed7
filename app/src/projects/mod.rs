//! Projects: their list, and the page of one.

mod page;
mod table;

pub use page::ProjectPage;
pub use table::ProjectTable;
