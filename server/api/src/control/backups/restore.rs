//! Indexes from backups.

use super::{
    super::{
        BODY_MAX_BYTES, TAG,
        indexes::{Protection, ReadCapacity},
        pages::{List, PageParameters, paging},
    },
    BACKUP, id,
    model::RestoreJobModel,
    of,
};
use crate::{
    Api,
    caller::Caller,
    errors::Result,
    requests::{Body, Named, Parameters},
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use conifer_domain::{
    indexes::{IndexName, Tags},
    permissions::may,
};
use conifer_services::backups::{self, Restored};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

const JOB: &str = "restore job";

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(create_index_from_backup))
        .routes(routes!(list_restore_jobs))
        .routes(routes!(describe_restore_job))
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct CreateIndexFromBackupRequest {
    #[schema(min_length = 1, max_length = 45, pattern = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    name: String,
    #[serde(default)]
    tags: Option<BTreeMap<String, String>>,
    #[serde(default)]
    deletion_protection: Option<Protection>,
    #[serde(default)]
    read_capacity: Option<ReadCapacity>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct CreateIndexFromBackupResponse {
    restore_job_id: String,
    index_id: String,
}

/// Makes an index that holds what the backup does, ready at once.
#[utoipa::path(post, path = "/backups/{backup_id}/create-index", tag = TAG, params(("backup_id" = String, Path)),
    request_body = CreateIndexFromBackupRequest,
    responses((status = ACCEPTED, body = CreateIndexFromBackupResponse), (status = CONFLICT)))]
pub(crate) async fn create_index_from_backup(
    State(api): State<Api>,
    caller: Caller,
    Named(text): Named,
    Body(request): Body<CreateIndexFromBackupRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let (project_id, backup_id) = (caller.project_id()?, id(BACKUP, &text)?);
    let wanted = request.into_restored()?;
    let restored =
        backups::restore(&api.services, &caller.origin, &caller.key, project_id, backup_id, wanted);
    let (job, _) = restored.await.map_err(of(BACKUP, &text))?;
    let (restore_job_id, index_id) = (job.id.to_string(), job.index_id.to_string());
    Ok((StatusCode::ACCEPTED, Json(CreateIndexFromBackupResponse { restore_job_id, index_id })))
}

impl CreateIndexFromBackupRequest {
    fn into_restored(self) -> Result<Restored> {
        Ok(Restored {
            name: IndexName::parse(&self.name)?,
            tags: self.tags.map(Tags::new).transpose()?,
            deletion_protection: self.deletion_protection == Some(Protection::Enabled),
            read_capacity: self.read_capacity.map(ReadCapacity::into_kept).transpose()?,
        })
    }
}

/// What was restored in the key's project, the newest first.
#[utoipa::path(get, path = "/restore-jobs", tag = TAG, params(PageParameters),
    responses((status = OK, body = List<RestoreJobModel>)))]
pub(crate) async fn list_restore_jobs(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewBackups>(&api, caller.project_id()?).await?;
    let page = backups::jobs(&api.services, &granted, &paging(&parameters)?).await?;
    Ok(Json(List::of(page, RestoreJobModel::from)))
}

/// How far the making of an index from a backup is.
#[utoipa::path(get, path = "/restore-jobs/{job_id}", tag = TAG, params(("job_id" = String, Path)),
    responses((status = OK, body = RestoreJobModel)))]
pub(crate) async fn describe_restore_job(
    State(api): State<Api>,
    caller: Caller,
    Named(text): Named,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewBackups>(&api, caller.project_id()?).await?;
    let job = backups::get_job(&api.services, &granted, id(JOB, &text)?).await.map_err(of(JOB, &text))?;
    Ok(Json(RestoreJobModel::from(job)))
}
