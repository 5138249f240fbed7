//! What programs are told when something is not done: one error, and the body that its area gives it.

mod area;
mod code;
mod from;

pub use area::Area;
pub(crate) use area::{ControlError, DataError, write_bodies};
pub use code::Code;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use std::borrow::Cow;

pub type Result<T, E = ApiError> = std::result::Result<T, E>;

/// Without a body of its own until it leaves its area: see [`Area`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    pub code: Code,
    pub message: Cow<'static, str>,
    pub retry_after_s: Option<u64>,
}

impl ApiError {
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), retry_after_s: None }
    }

    pub fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Code::InvalidArgument, message)
    }

    pub fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Code::NotFound, message)
    }

    /// What `what` does not do yet. It never pretends.
    pub fn unimplemented(what: &str) -> Self {
        Self::new(Code::Unimplemented, format!("{what}: this version of Conifer does not do that yet"))
    }

    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}
