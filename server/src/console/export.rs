//! The records of a namespace as a file, sent while they are read.

use super::{Console, answers, download, index::index_of};
use axum::{
    Extension, Router,
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::HeaderMap,
    response::Response,
    routing::get,
};
use conifer_app::{Failure, server::Visitor};
use conifer_domain::{Problem, exports::ExportAsked};
use conifer_services::records::{self, Export};
use futures_util::stream;

pub fn routes() -> Router<Console> {
    Router::new().route("/projects/{project_id}/indexes/{index_id}/records/export", get(export))
}

async fn export(
    State(console): State<Console>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    ids: Result<Path<(String, String)>, PathRejection>,
    asked: Result<Query<ExportAsked>, QueryRejection>,
) -> Response {
    if download::is_from_elsewhere(&headers) {
        return answers::refuse(Problem::Forbidden);
    }
    let begun = async {
        let Query(asked) = asked.map_err(|_| Problem::BadRequest)?;
        let export = begin(&console, visitor, ids, &asked).await?;
        let name = export.name().to_owned();
        let pieces = stream::unfold(export, async |mut export| Some((export.next().await?, export)));
        download::file(&name, asked.format.content_type(), pieces).await
    };
    begun.await.unwrap_or_else(|Failure(problem)| answers::refuse(problem))
}

async fn begin(
    console: &Console,
    visitor: Visitor,
    ids: Result<Path<(String, String)>, PathRejection>,
    asked: &ExportAsked,
) -> Result<Export, Failure> {
    let current = visitor.current.ok_or(Problem::SignedOut)?;
    let Path((project, index)) = ids.map_err(|_| Problem::NotFound)?;
    let index = index_of(console, &project, &index)?;
    Ok(records::export(&console.services, &visitor.origin, &current, index, asked).await?)
}
