//! Backups, what is restored from them, and when they are made.

mod model;
mod restore;
mod schedule_model;
mod schedules;

use super::{
    BODY_MAX_BYTES, TAG,
    indexes::{named, of_index},
    pages::{List, PageParameters, paging},
};
use crate::{
    Api,
    caller::Caller,
    errors::{ApiError, Code, Result},
    requests::{Body, Named, Parameters},
    version::ApiVersion,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use conifer_domain::{
    backups::{BackupQuery, NewBackup},
    permissions::may,
};
use conifer_services::backups;
use model::BackupModel;
use serde::Deserialize;
use std::str::FromStr;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) use model::status;

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_index_backups, create_backup))
        .routes(routes!(list_project_backups))
        .routes(routes!(describe_backup, delete_backup))
        .merge(restore::routes())
        .merge(schedules::routes())
}

/// What is no id names nothing.
fn id<T: FromStr>(what: &str, text: &str) -> Result<T> {
    text.parse().map_err(|_| missing(what, text))
}

/// In the same words for what is not there and what is hidden.
fn of<'a>(what: &'a str, text: &'a str) -> impl Fn(conifer_services::Error) -> ApiError + 'a {
    move |error| match ApiError::from(error) {
        error if error.code == Code::NotFound => missing(what, text),
        error => error,
    }
}

fn missing(what: &str, text: &str) -> ApiError {
    ApiError::not_found(format!("no {what} has the id {text:?} in the project of this key"))
}

const BACKUP: &str = "backup";

#[derive(Default, Deserialize, ToSchema)]
pub(crate) struct CreateBackupRequest {
    #[serde(default)]
    #[schema(min_length = 1, max_length = 45, pattern = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    name: Option<String>,
    #[serde(default)]
    #[schema(max_length = 1024, pattern = "^[^\\x00]*$")]
    description: Option<String>,
}

/// Keeps what an index holds now. It is ready at once.
#[utoipa::path(post, path = "/indexes/{index_name}/backups", tag = TAG, params(("index_name" = String, Path)),
    request_body = CreateBackupRequest, responses((status = CREATED, body = BackupModel)))]
pub(crate) async fn create_backup(
    State(api): State<Api>,
    caller: Caller,
    version: ApiVersion,
    Named(name): Named,
    Body(request): Body<CreateBackupRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let new = NewBackup::parse(request.name.as_deref(), request.description.as_deref())?;
    let index = named(&api, &caller, &name)?;
    let backup = backups::create(&api.services, &caller.origin, &caller.key, index, new).await;
    let backup = backup.map_err(|error| of_index(&name)(error.into()))?;
    Ok((StatusCode::CREATED, Json(BackupModel::of(backup, version))))
}

/// The backups of an index, the newest first.
#[utoipa::path(get, path = "/indexes/{index_name}/backups", tag = TAG,
    params(("index_name" = String, Path), PageParameters),
    responses((status = OK, body = List<BackupModel>)))]
pub(crate) async fn list_index_backups(
    State(api): State<Api>,
    caller: Caller,
    version: ApiVersion,
    Named(name): Named,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let index = named(&api, &caller, &name)?;
    caller.may::<may::ViewIndex>(&api, index).await.map_err(of_index(&name))?;
    list(&api, &caller, version, BackupQuery { index_id: Some(index), paging: paging(&parameters)? }).await
}

/// The backups of the key's project, the newest first.
#[utoipa::path(get, path = "/backups", tag = TAG, params(PageParameters),
    responses((status = OK, body = List<BackupModel>)))]
pub(crate) async fn list_project_backups(
    State(api): State<Api>,
    caller: Caller,
    version: ApiVersion,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    list(&api, &caller, version, BackupQuery { index_id: None, paging: paging(&parameters)? }).await
}

async fn list(
    api: &Api,
    caller: &Caller,
    version: ApiVersion,
    query: BackupQuery,
) -> Result<Json<List<BackupModel>>> {
    let granted = caller.may::<may::ViewBackups>(api, caller.project_id()?).await?;
    let page = backups::list(&api.services, &granted, &query).await?;
    Ok(Json(List::of(page, |backup| BackupModel::of(backup, version))))
}

/// A backup: of which index, what it holds, whether it is ready.
#[utoipa::path(get, path = "/backups/{backup_id}", tag = TAG, params(("backup_id" = String, Path)),
    responses((status = OK, body = BackupModel)))]
pub(crate) async fn describe_backup(
    State(api): State<Api>,
    caller: Caller,
    version: ApiVersion,
    Named(text): Named,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewBackups>(&api, caller.project_id()?).await?;
    let backup =
        backups::get(&api.services, &granted, id(BACKUP, &text)?).await.map_err(of(BACKUP, &text))?;
    Ok(Json(BackupModel::of(backup, version)))
}

/// What was restored from it stays.
#[utoipa::path(delete, path = "/backups/{backup_id}", tag = TAG, params(("backup_id" = String, Path)),
    responses((status = ACCEPTED), (status = PRECONDITION_FAILED)))]
pub(crate) async fn delete_backup(
    State(api): State<Api>,
    caller: Caller,
    Named(text): Named,
) -> Result<impl IntoResponse> {
    let (project_id, backup_id) = (caller.project_id()?, id(BACKUP, &text)?);
    let deleted = backups::delete(&api.services, &caller.origin, &caller.key, project_id, backup_id).await;
    deleted.map_err(of(BACKUP, &text))?;
    Ok(StatusCode::ACCEPTED)
}
