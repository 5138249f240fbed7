//! The audit log of an organization as a file, sent while it is read.

use super::{Console, answers, download};
use axum::{
    Extension, Router,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::get,
};
use conifer_app::{Failure, server::Visitor};
use conifer_domain::{Problem, audit::AuditSearch};
use conifer_services::audit::{self, Export};
use futures_util::stream;
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
    if download::is_from_elsewhere(&headers) {
        return answers::refuse(Problem::Forbidden);
    }
    let begun = async {
        let export = begin(&console, visitor, id, search).await?;
        let name = format!("conifer-audit-{}.jsonl", OffsetDateTime::now_utc().date());
        let pieces = stream::unfold(export, async |mut export| Some((export.next().await?, export)));
        download::file(&name, "application/jsonl", pieces).await
    };
    begun.await.unwrap_or_else(|Failure(problem)| answers::refuse(problem))
}

/// The log tells of an export: whoever asks for the head alone makes none.
fn not_without_its_body() -> Response {
    answers::with_status(StatusCode::METHOD_NOT_ALLOWED, answers::refuse(Problem::BadRequest))
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
