//! What the engine's errors mean: the one place that knows.

use crate::Error;
use conifer_domain::Problem;
use conifer_engine::{Error as EngineError, Thing};
use std::io::ErrorKind;

impl From<EngineError> for Error {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Invalid(invalid) => Self::Invalid(invalid),
            // Rows say which indexes and backups there are: one that went meanwhile is missing like any other.
            EngineError::NotFound { what: Thing::Index | Thing::Snapshot, .. } => Problem::NotFound.into(),
            EngineError::NotFound { what, name } => Self::Missing { what, name },
            EngineError::AlreadyExists { what: Thing::Namespace, name } => {
                Self::Exists { what: "namespace", name }
            }
            error => Self::Vectors(error),
        }
    }
}

/// Whether it is the machine's state rather than a defect: reads may go on, and a restart or more room may mend it.
pub(crate) fn is_unavailable(error: &EngineError) -> bool {
    match error {
        EngineError::ReadOnly { .. } => true,
        EngineError::Io { source, .. } => {
            matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
        }
        _ => false,
    }
}
