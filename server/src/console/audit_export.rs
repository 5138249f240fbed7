//! The audit log of an organization as a file, sent while it is read.

use super::{Console, answers};
use axum::{
    Extension, Router,
    body::Body,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use conifer_app::{Failure, server::Visitor};
use conifer_domain::{Problem, audit::AuditSearch};
use conifer_services::audit::{self, Export};
use futures_util::stream;
use time::OffsetDateTime;

pub fn routes() -> Router<Console> {
    Router::new().route("/organizations/{organization_id}/audit/export", get(export))
}

async fn export(
    State(console): State<Console>,
    Extension(visitor): Extension<Visitor>,
    id: Result<Path<String>, PathRejection>,
    search: Result<Query<AuditSearch>, QueryRejection>,
) -> Response {
    match begin(&console, visitor, id, search).await {
        Ok(export) => file(export),
        Err(Failure(problem)) => answers::refuse(problem),
    }
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
fn file(export: Export) -> Response {
    let pieces = stream::unfold(export, async |mut export| {
        let piece = export.next().await?;
        Some((piece.inspect_err(|error| tracing::error!(?error, "an export broke off")), export))
    });
    let name = format!("conifer-audit-{}.jsonl", OffsetDateTime::now_utc().date());
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}
