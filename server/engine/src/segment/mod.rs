//! Segments: immutable files of records. A segment holds one part for each namespace that had records when it was written.

mod build;
mod columns;
mod file;
mod near;
mod part;
mod row;
mod row_set;
mod sections;
mod terms;
mod writer;

pub use build::{Layout, build_part};
pub use file::SegmentFile;
pub use part::{Near, Part, Place};
pub use row::Row;
pub use row_set::RowSet;
pub use writer::SegmentWriter;

/// The name of a segment file.
pub fn file_name(number: u64) -> String {
    format!("segment-{number:010}")
}

/// The number of the segment file of this name.
pub fn number_of(name: &str) -> Option<u64> {
    name.strip_prefix("segment-")?.parse().ok()
}

#[cfg(test)]
mod tests;
