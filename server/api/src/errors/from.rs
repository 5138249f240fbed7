//! From the words of the services to those of the API.

use super::{ApiError, Code};
use conifer_domain::Problem;
use conifer_services::Error;

/// After how long an overloaded server may be asked again.
const RETRY_AFTER_S: u64 = 1;

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        let code = match problem.status() {
            400 => Code::InvalidArgument,
            401 => Code::Unauthenticated,
            403 => Code::Forbidden,
            404 | 410 => Code::NotFound,
            409 => Code::Aborted,
            412 => Code::FailedPrecondition,
            413 => Code::PayloadTooLarge,
            422 => Code::InvalidArgument,
            429 => Code::ResourceExhausted,
            503 => Code::Unavailable,
            _ => Code::Internal,
        };
        let retry_after_s = match problem {
            Problem::TooMany { retry_after_s } => Some(retry_after_s),
            Problem::Unavailable => Some(RETRY_AFTER_S),
            _ => None,
        };
        Self { code, message: problem.to_string().into(), retry_after_s }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self::from(error.problem()).logged(&error)
    }
}

impl ApiError {
    /// What callers are not told stands in the log, under the request's id.
    fn logged(self, cause: &Error) -> Self {
        if self.code.status().is_server_error() {
            tracing::error!(error = ?cause, "a request of a program failed");
        }
        self
    }
}
