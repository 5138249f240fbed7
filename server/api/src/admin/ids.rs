//! Ids in addresses.

use crate::{errors::Result, requests::Named};
use axum::{extract::FromRequestParts, http::request::Parts};
use conifer_domain::Problem;
use std::str::FromStr;

/// The id in the path. What is no id is one that nothing has.
pub struct Id<T>(pub T);

impl<S: Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = crate::errors::ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Named(text) = Named::from_request_parts(parts, state).await?;
        Ok(Self(text.parse().map_err(|_| Problem::NotFound)?))
    }
}
