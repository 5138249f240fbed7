//! The bytes of files that records are to be read from, and what was refused of them.

use super::{Console, answers, download, index::index_of};
use axum::{
    Extension, Router,
    body::{self, Body, Bytes},
    extract::{DefaultBodyLimit, Multipart, Path, Query, State, rejection::PathRejection},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post, put},
};
use conifer_app::{Failure, server::Visitor};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{IndexId, UploadId},
    permissions::may,
    uploads::{CHUNK_BYTES_MAX, Upload},
};
use conifer_services::{
    authorize::{Granted, authorize},
    imports::{
        self,
        uploads::{self, NewUpload},
    },
};
use futures_util::stream;
use serde::Deserialize;

/// A form has a few bytes beside the file.
const FORM_BYTES_MAX: usize = CHUNK_BYTES_MAX as usize + 4_096;

pub fn pages() -> Router<Console> {
    Router::new().route("/projects/{project_id}/indexes/{index_id}/imports/{import_id}/refused", get(refused))
}

pub fn routes() -> Router<Console> {
    let whole = post(send_form).layer(DefaultBodyLimit::max(FORM_BYTES_MAX));
    Router::new()
        .route("/indexes/{index_id}/uploads", whole)
        .route("/indexes/{index_id}/uploads/{upload_id}", put(send_chunk))
}

#[derive(Deserialize)]
struct At {
    offset: u64,
}

/// Answers with how many bytes there are now, also to a chunk that is not the next.
async fn send_chunk(
    State(console): State<Console>,
    Extension(visitor): Extension<Visitor>,
    ids: Result<Path<(String, String)>, PathRejection>,
    at: Result<Query<At>, axum::extract::rejection::QueryRejection>,
    body: Body,
) -> Response {
    let sent = async {
        let Path((index, upload)) = ids.map_err(|_| Problem::NotFound)?;
        let granted = granted(&console, &visitor, &index).await?;
        let upload: UploadId = upload.parse().map_err(|_| Problem::NotFound)?;
        let known = uploads::get(&console.services, &granted, upload).await?;
        let Query(At { offset }) = at.map_err(|_| Problem::BadRequest)?;
        if offset != known.received {
            return Ok(known.received);
        }
        let chunk = body::to_bytes(body, CHUNK_BYTES_MAX as usize).await;
        let chunk = chunk.map_err(|_| Problem::TooLarge { bytes_max: CHUNK_BYTES_MAX })?;
        Ok::<_, Failure>(uploads::append(&console.services, &granted, upload, offset, chunk.to_vec()).await?)
    };
    match sent.await {
        Ok(received) => received.to_string().into_response(),
        Err(Failure(problem)) => answers::refuse(problem),
    }
}

async fn granted(
    console: &Console,
    visitor: &Visitor,
    index: &str,
) -> Result<Granted<may::ImportVectors>, Failure> {
    let current = visitor.current.as_ref().ok_or(Problem::SignedOut)?;
    let index: IndexId = index.parse().map_err(|_| Problem::NotFound)?;
    Ok(authorize(&console.services, &visitor.origin, current, index).await?)
}

/// A small file, as a form without scripts sends it; then on to the page of its columns.
async fn send_form(
    State(console): State<Console>,
    Extension(visitor): Extension<Visitor>,
    index: Result<Path<String>, PathRejection>,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let sent = async {
        let Path(index) = index.map_err(|_| Problem::NotFound)?;
        let granted = granted(&console, &visitor, &index).await?;
        let (name, bytes) = file(form.map_err(|_| Problem::BadRequest)?).await?;
        let upload = keep(&console, &visitor, &granted, name, bytes).await?;
        let entry = console.services.directory().get(upload.index_id).ok_or(Problem::NotFound)?;
        let (project, index, upload) = (entry.project_id, upload.index_id, upload.id);
        Ok::<_, Failure>(format!("/projects/{project}/indexes/{index}/imports/file?upload={upload}"))
    };
    match sent.await {
        Ok(page) => Redirect::to(&page).into_response(),
        Err(Failure(problem)) => answers::refuse(problem),
    }
}

async fn file(mut form: Multipart) -> Result<(String, Bytes), Problem> {
    let too_large = |_| Problem::TooLarge { bytes_max: CHUNK_BYTES_MAX };
    while let Some(field) = form.next_field().await.map_err(too_large)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            return Ok((name, field.bytes().await.map_err(too_large)?));
        }
    }
    Err(Problem::invalid(Field::File, Rule::Required))
}

async fn keep(
    console: &Console,
    visitor: &Visitor,
    granted: &Granted<may::ImportVectors>,
    name: String,
    bytes: Bytes,
) -> Result<Upload, Failure> {
    let current = visitor.current.as_ref().ok_or(Problem::SignedOut)?;
    let new = NewUpload { name, bytes: bytes.len() as u64 };
    let upload = uploads::begin(&console.services, &visitor.origin, current, granted.of(), new).await?;
    uploads::append(&console.services, granted, upload.id, 0, bytes.to_vec()).await?;
    Ok(upload)
}

async fn refused(
    State(console): State<Console>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    ids: Result<Path<(String, String, String)>, PathRejection>,
) -> Response {
    if download::is_from_elsewhere(&headers) {
        return answers::refuse(Problem::Forbidden);
    }
    let begun = async {
        let current = visitor.current.ok_or(Problem::SignedOut)?;
        let Path((project, index, import)) = ids.map_err(|_| Problem::NotFound)?;
        let index = index_of(&console, &project, &index)?;
        let granted =
            authorize::<may::ViewImports>(&console.services, &visitor.origin, &current, index).await?;
        let import = import.parse().map_err(|_| Problem::NotFound)?;
        let refused = imports::refused(&console.services, &granted, import).await?;
        let pieces = stream::unfold(refused, async |mut refused| Some((refused.next().await?, refused)));
        download::file(&format!("refused-{import}.csv"), "text/csv; charset=utf-8", pieces).await
    };
    begun.await.unwrap_or_else(|Failure(problem)| answers::refuse(problem))
}
