//! Refusals in the words of gRPC.

use crate::errors::{self, ApiError};
use tonic::{Code, Status};

/// After how many milliseconds clients try again.
const PUSHBACK: &str = "grpc-retry-pushback-ms";

impl From<ApiError> for Status {
    fn from(error: ApiError) -> Self {
        let code = match error.code {
            // Clients know no error by the number that REST's bodies have for it.
            errors::Code::PayloadTooLarge => Code::InvalidArgument,
            code => Code::from(code.number()),
        };
        let mut status = Self::new(code, error.message);
        if let Some(seconds) = error.retry_after_s {
            status.metadata_mut().insert(PUSHBACK, (1_000 * seconds).into());
        }
        status
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::Code as Of;

    #[test]
    fn codes_are_those_of_grpc() {
        for (of, code) in [
            (Of::InvalidArgument, Code::InvalidArgument),
            (Of::Unauthenticated, Code::Unauthenticated),
            (Of::Forbidden, Code::PermissionDenied),
            (Of::NotFound, Code::NotFound),
            (Of::AlreadyExists, Code::AlreadyExists),
            (Of::FailedPrecondition, Code::FailedPrecondition),
            (Of::PayloadTooLarge, Code::InvalidArgument),
            (Of::ResourceExhausted, Code::ResourceExhausted),
            (Of::Internal, Code::Internal),
            (Of::Unimplemented, Code::Unimplemented),
            (Of::Unavailable, Code::Unavailable),
            (Of::RequestTimeout, Code::DeadlineExceeded),
        ] {
            assert_eq!(Status::from(ApiError::new(of, "x")).code(), code);
        }
    }

    #[test]
    fn clients_are_told_when_to_come_back() {
        let error = ApiError::new(Of::ResourceExhausted, "too many").retry_after(2);
        let status = Status::from(error);
        assert_eq!(status.metadata().get(PUSHBACK).expect("a time"), "2000");
        assert!(Status::from(ApiError::not_found("x")).metadata().get(PUSHBACK).is_none());
    }
}
