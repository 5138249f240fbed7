//! The write-ahead log: what was acknowledged and is not yet in a segment.

mod change;
mod frame;
mod record;
mod writer;

pub use change::{Change, Entry};
pub use frame::scan;
pub use record::{put_metadata, read_metadata};
#[cfg(test)]
pub use record::{put_record, read_record};
pub use writer::Log;

use std::path::{Path, PathBuf};

/// A log is named after its first entry.
pub fn file_name(first: u64) -> String {
    format!("log-{first:020}")
}

/// The first entry of a log with this name.
pub fn first_of(name: &str) -> Option<u64> {
    name.strip_prefix("log-")?.parse().ok()
}

pub fn path(directory: &Path, first: u64) -> PathBuf {
    directory.join(file_name(first))
}

#[cfg(test)]
mod tests;
