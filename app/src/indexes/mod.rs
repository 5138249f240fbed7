//! Indexes: their list, making one, and the pages of one.

mod address;
mod cards;
mod header;
mod list;
mod new;
mod overview;
mod settings;
mod shown;
mod table;

pub use address::{IndexAddress, use_ids};
pub use header::{Addressed, IndexHeader};
pub use list::IndexesPage;
pub use new::NewIndexPage;
pub use overview::IndexPage;
pub use settings::IndexSettingsPage;
pub use shown::{IndexList, IndexQuery, ListIndexes, ShownIndex, load_index};
