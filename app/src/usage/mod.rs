//! What programs asked for, over time: of a project, of an organization, and on the page of an index.

mod chart;
mod index;
mod page;

pub use index::{IndexPast, IndexUsage, load_index_usage};
pub use page::UsagePage;
