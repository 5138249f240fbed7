//! Imports: records read from files, by programs from a directory of the server's machine or a bucket, by people from
//! what they upload.
//!
//! An import belongs to the whole index: a key that is limited to some namespaces has none. Files are read one after the
//! other, one import at a time, by the server that has the index. What was written and how far it is are noted together,
//! so that a server which stopped goes on where it was.

mod change;
mod files;
mod formats;
mod jobs;
mod read;
mod sources;
pub mod uploads;
mod worker;

pub use change::{cancel, pause, resume, start};
pub use read::{Refused, get, list, refused};
pub(crate) use sources::Imports;
pub use sources::{Bucket, Sources};
pub use worker::run_worker;
