//! Backups that make themselves.

use super::{
    super::{
        BODY_MAX_BYTES, TAG,
        indexes::{named, of_index},
        pages::{List, PageParameters, paging},
    },
    id,
    model::BackupModel,
    of,
    schedule_model::{CreateScheduleRequest, ScheduleModel, UpdateScheduleRequest},
};
use crate::{
    Api,
    caller::Caller,
    errors::Result,
    requests::{Body, Named, Parameters},
    version::ApiVersion,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use conifer_domain::permissions::may;
use conifer_services::backups;
use utoipa_axum::{router::OpenApiRouter, routes};

const SCHEDULE: &str = "backup schedule";

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_backup_schedules, create_backup_schedule))
        .routes(routes!(describe_backup_schedule, update_backup_schedule, delete_backup_schedule))
        .routes(routes!(list_backup_schedule_history))
}

/// Makes backups of an index by themselves from now on. An index has one enabled schedule.
#[utoipa::path(post, path = "/indexes/{index_name}/backup-schedules", tag = TAG,
    params(("index_name" = String, Path)), request_body = CreateScheduleRequest,
    responses((status = CREATED, body = ScheduleModel), (status = CONFLICT)))]
pub(crate) async fn create_backup_schedule(
    State(api): State<Api>,
    caller: Caller,
    Named(name): Named,
    Body(request): Body<CreateScheduleRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let (index, new) = (named(&api, &caller, &name)?, request.into_new()?);
    let schedule = backups::create_schedule(&api.services, &caller.origin, &caller.key, index, new).await;
    let schedule = schedule.map_err(|error| of_index(&name)(error.into()))?;
    Ok((StatusCode::CREATED, Json(ScheduleModel::from(schedule))))
}

/// The schedules of an index, the newest first.
#[utoipa::path(get, path = "/indexes/{index_name}/backup-schedules", tag = TAG,
    params(("index_name" = String, Path), PageParameters),
    responses((status = OK, body = List<ScheduleModel>)))]
pub(crate) async fn list_backup_schedules(
    State(api): State<Api>,
    caller: Caller,
    Named(name): Named,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let index = named(&api, &caller, &name)?;
    caller.may::<may::ViewIndex>(&api, index).await.map_err(of_index(&name))?;
    let granted = caller.may::<may::ViewBackups>(&api, caller.project_id()?).await?;
    let page = backups::schedules(&api.services, &granted, Some(index), &paging(&parameters)?).await?;
    Ok(Json(List::of(page, ScheduleModel::from)))
}

/// A schedule: how often, how long backups are kept, when the next is made.
#[utoipa::path(get, path = "/backup-schedules/{schedule_id}", tag = TAG, params(("schedule_id" = String, Path)),
    responses((status = OK, body = ScheduleModel)))]
pub(crate) async fn describe_backup_schedule(
    State(api): State<Api>,
    caller: Caller,
    Named(text): Named,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewBackups>(&api, caller.project_id()?).await?;
    let schedule = backups::get_schedule(&api.services, &granted, id(SCHEDULE, &text)?).await;
    Ok(Json(ScheduleModel::from(schedule.map_err(of(SCHEDULE, &text))?)))
}

/// Changes how often and how long, or stops and starts it.
#[utoipa::path(patch, path = "/backup-schedules/{schedule_id}", tag = TAG, params(("schedule_id" = String, Path)),
    request_body = UpdateScheduleRequest, responses((status = OK, body = ScheduleModel), (status = CONFLICT)))]
pub(crate) async fn update_backup_schedule(
    State(api): State<Api>,
    caller: Caller,
    Named(text): Named,
    Body(request): Body<UpdateScheduleRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let (project_id, schedule_id) = (caller.project_id()?, id(SCHEDULE, &text)?);
    let change = request.into_change()?;
    let changed =
        backups::change_schedule(&api.services, &caller.origin, &caller.key, project_id, schedule_id, change)
            .await;
    Ok(Json(ScheduleModel::from(changed.map_err(of(SCHEDULE, &text))?)))
}

/// The backups that it made stay until their days are over.
#[utoipa::path(delete, path = "/backup-schedules/{schedule_id}", tag = TAG, params(("schedule_id" = String, Path)),
    responses((status = ACCEPTED)))]
pub(crate) async fn delete_backup_schedule(
    State(api): State<Api>,
    caller: Caller,
    Named(text): Named,
) -> Result<impl IntoResponse> {
    let (project_id, schedule_id) = (caller.project_id()?, id(SCHEDULE, &text)?);
    let deleted =
        backups::delete_schedule(&api.services, &caller.origin, &caller.key, project_id, schedule_id).await;
    deleted.map_err(of(SCHEDULE, &text))?;
    Ok(StatusCode::ACCEPTED)
}

/// The backups that a schedule made, the newest first.
#[utoipa::path(get, path = "/backup-schedules/{schedule_id}/history", tag = TAG,
    params(("schedule_id" = String, Path), PageParameters),
    responses((status = OK, body = List<BackupModel>)))]
pub(crate) async fn list_backup_schedule_history(
    State(api): State<Api>,
    caller: Caller,
    version: ApiVersion,
    Named(text): Named,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewBackups>(&api, caller.project_id()?).await?;
    let history =
        backups::history(&api.services, &granted, id(SCHEDULE, &text)?, &paging(&parameters)?).await;
    let page = history.map_err(of(SCHEDULE, &text))?;
    Ok(Json(List::of(page, |backup| BackupModel::of(backup, version))))
}
