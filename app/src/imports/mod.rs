//! Files that records are read from: sending one, saying what is in it, and watching it being read.

mod file;
mod functions;
mod one;
mod page;
mod send;
mod states;

pub use file::UploadPage;
pub use one::ImportPage;
pub use page::ImportsPage;
