//! Files that are sent while they are made.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use conifer_app::Failure;
use conifer_services::Result;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};

/// A failure on the way breaks the connection off, so that a part is never taken for the whole.
pub async fn file<P: Into<Bytes> + Send + 'static>(
    name: &str,
    content_type: &'static str,
    pieces: impl Stream<Item = Result<P>> + Send + 'static,
) -> Result<Response, Failure> {
    let mut rest = Box::pin(pieces);
    // What fails at once is told by its status.
    let first = rest.next().await.transpose()?;
    let rest = rest.inspect_err(|error| tracing::error!(?error, "an export broke off"));
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(stream::iter(first.map(Ok)).chain(rest))).into_response())
}

/// A link on another site would make work, and entries, in the reader's name.
pub fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site")
}
