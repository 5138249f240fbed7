//! Which write an answer tells of: clients compare what they wrote with what they see.

use conifer_services::engine::Written;

/// The place of a write among all writes to its index. What is answered is seen by every later read.
pub fn of_write(written: Written) -> [(&'static str, String); 1] {
    [("x-pinecone-request-lsn", written.number.to_string())]
}

/// The last write that a read saw. All that was acknowledged before it began is among them.
pub fn of_read(last_write: u64) -> [(&'static str, String); 1] {
    [("x-pinecone-max-indexed-lsn", last_write.to_string())]
}
