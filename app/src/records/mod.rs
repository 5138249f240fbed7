//! The records of an index, and its namespaces.

mod add;
mod cells;
mod export;
mod find;
mod functions;
mod lint;
mod metadata;
mod namespaces;
mod one;
mod page;
mod table;

pub use add::AddRecordsPage;
pub use cells::MetadataCell;
pub use find::NamespaceField;
pub use functions::{ListNamespaces, record_address};
pub use lint::LintPage;
pub use namespaces::NamespacesPage;
pub use one::RecordPage;
pub use page::RecordsPage;
pub use table::RecordTable;
