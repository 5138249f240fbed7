//! The backups of an index.

mod functions;
mod page;
mod tables;

pub use page::BackupsPage;
