//! The name in an address.

use crate::errors::{ApiError, Result};
use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

/// The one part of a path that is not fixed, decoded.
#[derive(Clone, Debug)]
pub struct Named(pub String);

impl<S: Sync> FromRequestParts<S> for Named {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let name = parts.extract::<Path<String>>().await;
        name.map(|Path(name)| Self(name)).map_err(|_| ApiError::invalid("the path: must be encoded UTF-8"))
    }
}
