//! What went wrong, in the words of each kind of client.

use axum::http::StatusCode;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    InvalidArgument,
    Unauthenticated,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    RequestTimeout,
    AlreadyExists,
    /// Something else changed the same thing first.
    Aborted,
    FailedPrecondition,
    PayloadTooLarge,
    ResourceExhausted,
    Internal,
    Unimplemented,
    Unavailable,
}

impl Code {
    pub const ALL: [Self; 14] = [
        Self::InvalidArgument,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::RequestTimeout,
        Self::AlreadyExists,
        Self::Aborted,
        Self::FailedPrecondition,
        Self::PayloadTooLarge,
        Self::ResourceExhausted,
        Self::Internal,
        Self::Unimplemented,
        Self::Unavailable,
    ];

    /// When programs are told so.
    pub const fn when(self) -> &'static str {
        match self {
            Self::InvalidArgument => "The request breaks a rule, or asks for a version that nobody knows.",
            Self::Unauthenticated => "There is no key, or it is mistyped, revoked or expired.",
            Self::Forbidden => {
                "The key has not the right or is limited to others, the index is protected, or the project is full."
            }
            Self::NotFound => "There is no such thing, or the key may not know of it.",
            Self::MethodNotAllowed => "The path is there, but does not take this method.",
            Self::RequestTimeout => "The body did not arrive in time.",
            Self::AlreadyExists => "The name is taken.",
            Self::Aborted => "Something else changed the same thing first.",
            Self::FailedPrecondition => "Something is being made of it just now.",
            Self::PayloadTooLarge => "The body is too large.",
            Self::ResourceExhausted => {
                "The key asked more than it may in a second; Retry-After says when to come again."
            }
            Self::Internal => "Something went wrong here; the log tells more.",
            Self::Unimplemented => "This is not built.",
            Self::Unavailable => {
                "The server is overloaded, or the index lies with another server; Retry-After says when to come again."
            }
        }
    }

    pub const fn status(self) -> StatusCode {
        match self {
            Self::InvalidArgument => StatusCode::BAD_REQUEST,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::AlreadyExists | Self::Aborted => StatusCode::CONFLICT,
            Self::FailedPrecondition => StatusCode::PRECONDITION_FAILED,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::ResourceExhausted => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unimplemented => StatusCode::NOT_IMPLEMENTED,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// As the control plane's bodies name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidArgument => "INVALID_ARGUMENT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::MethodNotAllowed | Self::Unimplemented => "UNIMPLEMENTED",
            Self::RequestTimeout => "DEADLINE_EXCEEDED",
            Self::AlreadyExists => "ALREADY_EXISTS",
            Self::Aborted => "ABORTED",
            Self::FailedPrecondition => "FAILED_PRECONDITION",
            Self::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
            Self::ResourceExhausted => "RESOURCE_EXHAUSTED",
            Self::Internal => "INTERNAL",
            Self::Unavailable => "SERVICE_UNAVAILABLE",
        }
    }

    /// The number that gRPC and the data plane's bodies have for it.
    pub const fn number(self) -> i32 {
        match self {
            Self::InvalidArgument => 3,
            Self::RequestTimeout => 4,
            Self::NotFound => 5,
            Self::AlreadyExists => 6,
            Self::Forbidden => 7,
            Self::ResourceExhausted => 8,
            Self::FailedPrecondition => 9,
            Self::Aborted => 10,
            // Not RESOURCE_EXHAUSTED: clients try that again.
            Self::PayloadTooLarge => 11,
            Self::MethodNotAllowed | Self::Unimplemented => 12,
            Self::Internal => 13,
            Self::Unavailable => 14,
            Self::Unauthenticated => 16,
        }
    }
}
