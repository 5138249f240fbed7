//! The audit log of an organization as a file, sent while it is read.

use super::{Console, answers};
use axum::{
    Extension, Router,
    body::Body,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use conifer_app::{Failure, server::Visitor};
use conifer_domain::{Problem, audit::AuditSearch};
use conifer_services::audit::{self, Export};
use futures_util::{StreamExt, stream};
use time::OffsetDateTime;

pub fn routes() -> Router<Console> {
    Router::new().route(
        "/organizations/{organization_id}/audit/export",
        get(export).head(async || not_without_its_body()),
    )
}

async fn export(
    State(console): State<Console>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    id: Result<Path<String>, PathRejection>,
    search: Result<Query<AuditSearch>, QueryRejection>,
) -> Response {
    if is_from_elsewhere(&headers) {
        return answers::refuse(Problem::Forbidden);
    }
    let begun = async {
        let mut export = begin(&console, visitor, id, search).await?;
        // What fails at once is told by its status.
        let first = export.next().await.transpose()?;
        Ok(file(first, export))
    };
    begun.await.unwrap_or_else(|Failure(problem)| answers::refuse(problem))
}

/// The log tells of an export: whoever asks for the head alone makes none.
fn not_without_its_body() -> Response {
    answers::with_status(StatusCode::METHOD_NOT_ALLOWED, answers::refuse(Problem::BadRequest))
}

/// A link on another site would make entries in the reader's name.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site")
}

async fn begin(
    console: &Console,
    visitor: Visitor,
    id: Result<Path<String>, PathRejection>,
    search: Result<Query<AuditSearch>, QueryRejection>,
) -> Result<Export, Failure> {
    let current = visitor.current.ok_or(Problem::SignedOut)?;
    // An id that is none is as unknown as one of nobody.
    let id = id.ok().and_then(|Path(id)| id.parse().ok()).ok_or(Problem::NotFound)?;
    let Query(search) = search.map_err(|_| Problem::BadRequest)?;
    let filter = audit::filter(&search)?;
    Ok(audit::export(&console.services, &visitor.origin, &current, id, filter).await?)
}

/// A failure on the way breaks the connection off, so that a part is never taken for the whole.
fn file(first: Option<String>, export: Export) -> Response {
    let rest = stream::unfold(export, async |mut export| {
        let piece = export.next().await?;
        Some((piece.inspect_err(|error| tracing::error!(?error, "an export broke off")), export))
    });
    let pieces = stream::iter(first.map(Ok)).chain(rest);
    let name = format!("conifer-audit-{}.jsonl", OffsetDateTime::now_utc().date());
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}
