//! What a service answers when it does not do what was asked.

use conifer_domain::Problem;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something the caller can understand and often mend.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// A sentence for the operator of the command line; never shown in a page.
    #[error("{0}")]
    Operator(String),
    /// A defect, or a machine that fails. Its text is for logs only.
    #[error("{0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
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
            Self::Internal(_) => Problem::Unexpected,
        }
    }
}
