//! What a service answers when it does not do what was asked.

use crate::{db, vectors};
use conifer_domain::Problem;
use conifer_engine::{Invalid, Thing};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Its text is for logs and the command line; what a person may read is its [`Error::problem`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something the caller can understand and often mend.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// Data that breaks a rule: which field, the rule with its limit, what was found.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// A record or a namespace that is not there.
    #[error("there is no {what} named {name:?}")]
    Missing { what: Thing, name: String },
    #[error("{what} {name:?} exists already")]
    Exists { what: &'static str, name: String },
    /// The engine, or the disk it writes to, fails.
    #[error(transparent)]
    Vectors(conifer_engine::Error),
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
            Self::Invalid(_) => Problem::BadRequest,
            Self::Missing { .. } => Problem::NotFound,
            Self::Exists { .. } => Problem::Conflict,
            Self::Vectors(error) if vectors::is_unavailable(error) => Problem::Unavailable,
            Self::Database(error) if db::is_unavailable(error) => Problem::Unavailable,
            Self::Vectors(_) | Self::Database(_) | Self::Internal(_) => Problem::Unexpected,
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
