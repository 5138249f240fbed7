//! From the words of the services to those of the API.

use super::{ApiError, Code};
use conifer_domain::{Problem, Rule, api_keys::KeyRole, permissions::Action};
use conifer_services::{Error, engine::Invalid};

/// After how long an overloaded server may be asked again.
const RETRY_AFTER_S: u64 = 1;

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        let code = match problem.status() {
            _ if matches!(problem, Problem::Invalid { rule: Rule::Taken, .. }) => Code::AlreadyExists,
            // As clients know that a quota is used up.
            _ if is_quota(&problem) => Code::Forbidden,
            400 => Code::InvalidArgument,
            401 => Code::Unauthenticated,
            403 => Code::Forbidden,
            404 | 410 => Code::NotFound,
            // Nothing that is tried again gets better.
            _ if matches!(problem, Problem::PodsTooSmall { .. }) => Code::InvalidArgument,
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
        let message = match problem {
            // People are told to load the page again.
            Problem::Denied { action } => denied(action).into(),
            Problem::BadRequest => "paginationToken: must be the token that the page before gave".into(),
            _ => problem.to_string().into(),
        };
        Self { code, message, retry_after_s }
    }
}

fn is_quota(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::IndexesFull { .. }
            | Problem::BackupsFull { .. }
            | Problem::PodsFull { .. }
            | Problem::CapacityReached { .. }
    )
}

/// Which roles of keys could; what no key may is asked by service accounts alone.
fn denied(action: Action) -> String {
    let roles = KeyRole::ALL.into_iter().filter(|role| role.grants(action.key_right()));
    let roles: Vec<_> = roles.map(KeyRole::as_str).collect();
    match &*roles {
        [] => format!(
            "this service account may not {}: {} can",
            action.as_str(),
            action.allowed_to().to_lowercase()
        ),
        roles => {
            format!("this API key may not {}: it needs the role {}", action.as_str(), roles.join(" or "))
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match &error {
            Error::Invalid(invalid) => invalid.into(),
            Error::Missing { .. } => Self::not_found(error.to_string()),
            Error::Exists { .. } => Self::new(Code::AlreadyExists, error.to_string()),
            _ => Self::from(error.problem()).logged(&error),
        }
    }
}

/// The engine calls fields otherwise than programs do.
impl From<&Invalid> for ApiError {
    fn from(invalid: &Invalid) -> Self {
        let text = invalid.to_string();
        let (field, rule) = text.split_at(invalid.field.len());
        let field = field.replace("records", "vectors").replace("sparse_values", "sparseValues");
        Self::invalid(field.replace("top_k", "topK") + rule)
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

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_domain::Field;
    use conifer_services::engine;

    #[test]
    fn fields_are_called_as_programs_call_them() {
        let rule = engine::Rule::Dimension { expected: 3, found: 2 };
        let error = Error::Invalid(Invalid::new("values", rule).within("records[4]"));
        let message = "vectors[4].values: must have 3 numbers like its index, but has 2";
        assert_eq!(ApiError::from(error), ApiError::invalid(message));
    }

    #[test]
    fn what_is_there_already_is_told_apart() {
        let taken = ApiError::from(Problem::invalid(Field::IndexName, Rule::Taken));
        assert_eq!((taken.code, &*taken.message), (Code::AlreadyExists, "Index name is taken already."));
        let other = ApiError::from(Problem::invalid(Field::IndexName, Rule::Required));
        assert_eq!(other.code, Code::InvalidArgument);
        let denied = ApiError::from(Problem::Denied { action: Action::UpsertVectors });
        let message =
            "this API key may not upsert vectors: it needs the role ProjectEditor or DataPlaneEditor";
        assert_eq!(denied.message, message);
        let late = ApiError::from(Problem::TooMany { retry_after_s: 7 });
        assert_eq!((late.code, late.retry_after_s), (Code::ResourceExhausted, Some(7)));
    }
}
