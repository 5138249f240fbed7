//! What a service answers when it does not do what was asked.

use crate::db;
use conifer_domain::Problem;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Its text is for logs and the command line; what a person may read is its [`Error::problem`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something the caller can understand and often mend.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// A sentence for the operator of the command line.
    #[error("{0}")]
    Operator(String),
    #[error(transparent)]
    Database(sqlx::Error),
    /// A defect, or a machine that fails.
    #[error(transparent)]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// What the caller may know.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Problem(problem) => problem.clone(),
            Self::Operator(_) => Problem::Conflict,
            Self::Database(error) if db::is_unavailable(error) => Problem::Unavailable,
            Self::Database(_) | Self::Internal(_) => Problem::Unexpected,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().and_then(db::constraint) {
            Some(problem) => Self::Problem(problem),
            None => Self::Database(error),
        }
    }
}
