//! Imports, in camel case.

use super::{
    BODY_MAX_BYTES, TAG,
    place::Here,
    vectors::{Done, Pagination},
};
use crate::{
    Api,
    caller::Caller,
    control::time::written,
    errors::{ApiError, Result},
    requests::{Body, Named, Parameters},
};
use axum::{Json, extract::State, response::IntoResponse};
use conifer_domain::{
    Problem,
    ids::ImportId,
    imports::{Import, ImportState, OnError},
    paging::{Cursor, Paging},
    permissions::may,
};
use conifer_services::imports;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

const PAGE_MAX: usize = 100;
const TOKEN_MAX_BYTES: usize = 2_048;

pub(crate) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_imports, start_import))
        .routes(routes!(describe_import, cancel_import))
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StartImportRequest {
    /// A directory: the files in it that end in `.parquet` are read, and those in its directories, each a namespace.
    #[schema(min_length = 1, max_length = 1500)]
    uri: String,
    #[serde(default)]
    error_mode: Option<ErrorMode>,
    /// Credentials are the server's own.
    #[serde(default)]
    integration_id: Option<String>,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorMode {
    #[serde(default)]
    on_error: Option<Mode>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    Abort,
    Continue,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct StartImportResponse {
    id: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportModel {
    id: String,
    uri: String,
    status: &'static str,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
    percent_complete: f64,
    records_imported: u64,
    /// How many rows were refused.
    records_refused: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// The first rows that were refused; only where one import is described.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refusals: Vec<RefusalModel>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RefusalModel {
    file: String,
    /// Counted from one; left out when it is the file that could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    reason: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ListImportsResponse {
    data: Vec<ImportModel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Pagination>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code)]
pub(crate) struct ImportParameters {
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    #[param(rename = "paginationToken")]
    pagination_token: Option<String>,
}

fn model(import: Import) -> ImportModel {
    let refusal = |refusal: conifer_domain::imports::Refusal| RefusalModel {
        file: refusal.file,
        row: refusal.row,
        reason: refusal.reason,
    };
    ImportModel {
        id: import.id.to_string(),
        uri: import.uri,
        status: match import.state {
            ImportState::Pending => "Pending",
            ImportState::InProgress => "InProgress",
            ImportState::Failed => "Failed",
            ImportState::Completed => "Completed",
            ImportState::Cancelled => "Cancelled",
        },
        created_at: written(import.created_at_ms),
        finished_at: import.finished_at_ms.map(written),
        percent_complete: import.percent,
        records_imported: import.records,
        records_refused: import.refused,
        error: import.error,
        refusals: import.refusals.into_iter().map(refusal).collect(),
    }
}

/// An id that is none is one that no import has.
fn id(text: &str) -> Result<ImportId> {
    Ok(text.parse().map_err(|_| Problem::NotFound)?)
}

/// The imports of an index, the newest first.
#[utoipa::path(get, path = "/bulk/imports", tag = TAG, params(ImportParameters),
    responses((status = OK, body = ListImportsResponse)))]
pub(crate) async fn list_imports(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewImports>(&api, index).await?;
    let limit = u32::try_from(parameters.limit(PAGE_MAX, PAGE_MAX)?).ok();
    let token = parameters.one("paginationToken");
    if token.is_some_and(|token| token.len() > TOKEN_MAX_BYTES) {
        return Err(ApiError::invalid("paginationToken: must be the token that the page before gave"));
    }
    let paging = Paging { after: token.map(|token| Cursor(token.to_owned())), limit };
    let page = imports::list(&api.services, &granted, &paging).await?;
    Ok(Json(ListImportsResponse {
        data: page.items.into_iter().map(model).collect(),
        pagination: page.next.map(|Cursor(next)| Pagination { next }),
    }))
}

/// Starts to read records from files.
#[utoipa::path(post, path = "/bulk/imports", tag = TAG, request_body = StartImportRequest,
    responses((status = OK, body = StartImportResponse)))]
pub(crate) async fn start_import(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    Body(request): Body<StartImportRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    caller.may::<may::ImportVectors>(&api, index).await?;
    if request.integration_id.is_some() {
        return Err(ApiError::invalid(
            "integrationId: must be left out: the server has credentials of its own",
        ));
    }
    let on_error = match request.error_mode.and_then(|mode| mode.on_error) {
        None | Some(Mode::Abort) => OnError::Abort,
        Some(Mode::Continue) => OnError::Continue,
    };
    let start = imports::start(&api.services, &caller.origin, &caller.key, index, &request.uri, on_error);
    Ok(Json(StartImportResponse { id: start.await?.to_string() }))
}

/// How far an import is, and what was refused.
#[utoipa::path(get, path = "/bulk/imports/{id}", tag = TAG, params(("id" = String, Path)),
    responses((status = OK, body = ImportModel)))]
pub(crate) async fn describe_import(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    Named(name): Named,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewImports>(&api, index).await?;
    Ok(Json(model(imports::get(&api.services, &granted, id(&name)?).await?)))
}

/// Ends an import; what it wrote stays. One that is over stays as it is.
#[utoipa::path(delete, path = "/bulk/imports/{id}", tag = TAG, params(("id" = String, Path)),
    responses((status = OK, body = Done)))]
pub(crate) async fn cancel_import(
    State(api): State<Api>,
    caller: Caller,
    Here(index): Here,
    Named(name): Named,
) -> Result<impl IntoResponse> {
    caller.may::<may::ImportVectors>(&api, index).await?;
    imports::cancel(&api.services, &caller.origin, &caller.key, index, id(&name)?).await?;
    Ok(Json(Done {}))
}
