//! Bodies, read whole before anything is done with them.

use super::{apart, parse};
use crate::errors::{ApiError, Code, Result};
use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;
use std::{error::Error, time::Duration};
use tokio::time::timeout;

const WAIT_MAX: Duration = Duration::from_secs(60);

/// The JSON of a body of at most `MAX` bytes.
pub struct Body<T, const MAX: usize>(pub T);

impl<S: Sync, T: DeserializeOwned + Send + 'static, const MAX: usize> FromRequest<S> for Body<T, MAX> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let bytes = read(request, MAX).await?;
        apart(bytes.len(), move || parse(&bytes)).await.map(Self)
    }
}

pub(crate) async fn read(request: Request, max: usize) -> Result<Bytes> {
    if announced(request.headers()).is_some_and(|length| length > max as u64) {
        return Err(too_large(max));
    }
    match timeout(WAIT_MAX, to_bytes(request.into_body(), max)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if error.source().is_some_and(|cause| cause.is::<LengthLimitError>()) => {
            Err(too_large(max))
        }
        Ok(Err(_)) => Err(ApiError::invalid("the body: broke off")),
        Err(_) => Err(ApiError::new(Code::RequestTimeout, "the body: did not arrive in time")),
    }
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large(max: usize) -> ApiError {
    let message = format!("the body: must have {max} bytes at most, but has more; send it in parts");
    ApiError::new(Code::PayloadTooLarge, message)
}
