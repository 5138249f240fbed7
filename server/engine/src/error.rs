//! What can go wrong.

use crate::invalid::Invalid;
use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// It can be cloned, since one failure may be the answer to all writes that were to be synced together.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error("there is no {what} named {name:?}")]
    NotFound { what: Thing, name: String },
    #[error("a {what} named {name:?} exists already")]
    AlreadyExists { what: Thing, name: String },
    /// A file does not hold what was written to it. Nothing of it is served.
    #[error("{} is damaged at byte {offset}: {what}; restore it from a snapshot or a copy", file.display())]
    Damaged { file: PathBuf, offset: u64, what: String },
    #[error("{} has format {found}, written by a newer version; this version reads up to {known}", file.display())]
    Newer { file: PathBuf, found: u32, known: u32 },
    #[error("cannot {action} {}: {source}", file.display())]
    Io { action: &'static str, file: PathBuf, source: Arc<io::Error> },
    /// After a failed sync nobody knows what is on disk, so no more is promised. Reads go on.
    #[error("writes are refused until the directory is opened again, because earlier: {cause}")]
    ReadOnly { cause: Arc<Error> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    Index,
    Namespace,
    Record,
    Snapshot,
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Index => "index",
            Self::Namespace => "namespace",
            Self::Record => "record",
            Self::Snapshot => "snapshot",
        })
    }
}

impl Error {
    /// For `map_err`: what was tried with which file.
    pub(crate) fn io(action: &'static str, file: &Path) -> impl FnOnce(io::Error) -> Self {
        let file = file.to_owned();
        move |source| Self::Io { action, file, source: Arc::new(source) }
    }

    pub(crate) fn damaged(file: &Path, offset: usize, what: impl Into<String>) -> Self {
        Self::Damaged { file: file.to_owned(), offset: offset as u64, what: what.into() }
    }
}
