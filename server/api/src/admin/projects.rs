//! Projects that a service account enters.

use super::{
    BODY_MAX_BYTES, TAG,
    administrator::Administrator,
    ids::Id,
    lists::{All, Whole},
};
use crate::{
    Api,
    control::time::written,
    errors::{ApiError, Code, Result},
    requests::Body,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use conifer_domain::{
    ids::{OrganizationId, ProjectId},
    permissions::may,
    pods::check_limit,
    projects::ProjectQuery,
};
use conifer_services::{pods, projects};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list_projects, create_project)).routes(routes!(
        fetch_project,
        update_project,
        delete_project
    ))
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ProjectModel {
    id: String,
    name: String,
    max_pods: u64,
    /// Always false: disks are encrypted beneath Conifer.
    force_encryption_with_cmek: bool,
    organization_id: String,
    created_at: String,
}

fn model(
    id: ProjectId,
    name: String,
    max_pods: u64,
    organization_id: OrganizationId,
    created_at_ms: i64,
) -> ProjectModel {
    ProjectModel {
        id: id.to_string(),
        name,
        max_pods,
        force_encryption_with_cmek: false,
        organization_id: organization_id.to_string(),
        created_at: written(created_at_ms),
    }
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct CreateProjectRequest {
    #[schema(min_length = 1, max_length = 512)]
    name: String,
    max_pods: Option<u64>,
    force_encryption_with_cmek: Option<bool>,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct UpdateProjectRequest {
    #[schema(min_length = 1, max_length = 512)]
    name: Option<String>,
    max_pods: Option<u64>,
    force_encryption_with_cmek: Option<bool>,
}

/// What nobody can have here is refused rather than ignored, before anything is changed.
fn check(max_pods: Option<u64>, encrypted: Option<bool>) -> Result<()> {
    if encrypted == Some(true) {
        let message = "force_encryption_with_cmek: must be false: encrypt the disk that holds the data";
        return Err(ApiError::invalid(message));
    }
    let limit = max_pods.map(|pods| check_limit(i64::try_from(pods).unwrap_or(i64::MAX))).transpose();
    limit.map(drop).map_err(ApiError::from)
}

async fn limit_pods(api: &Api, caller: &Administrator, id: ProjectId, max_pods: Option<u64>) -> Result<()> {
    match max_pods {
        Some(limit) => Ok(pods::set_limit(&api.services, &caller.origin, &caller.account, id, limit).await?),
        None => Ok(()),
    }
}

async fn pods_of(api: &Api, caller: &Administrator, id: ProjectId) -> Result<u64> {
    let granted = caller.may::<may::ViewProjectPodLimits>(api, id).await?;
    Ok(pods::get(&api.services, &granted).await?.limit)
}

async fn read(api: &Api, caller: &Administrator, id: ProjectId) -> Result<ProjectModel> {
    let granted = caller.may::<may::ViewProject>(api, id).await?;
    let found = projects::get(&api.services, &granted).await?;
    let pods = pods_of(api, caller, id).await?;
    Ok(model(id, found.name, pods, found.organization_id, found.created_at_ms))
}

/// The projects that the service account enters, by name.
#[utoipa::path(get, path = "/admin/projects", tag = TAG, responses((status = OK, body = Whole<ProjectModel>)))]
pub(crate) async fn list_projects(
    State(api): State<Api>,
    caller: Administrator,
) -> Result<impl IntoResponse> {
    let mut found = All::new();
    while let Some(paging) = found.wanted() {
        let query = ProjectQuery { paging, ..ProjectQuery::default() };
        found.add(projects::page(&api.services, &caller.account, &query).await?);
    }
    let mut models = Vec::new();
    for row in found.into_items() {
        match pods_of(&api, &caller, row.id).await {
            Ok(pods) => models.push(model(row.id, row.name, pods, row.organization_id, row.created_at_ms)),
            Err(error) if error.code == Code::NotFound => {} // Deleted meanwhile.
            Err(error) => return Err(error),
        }
    }
    Ok(Json(Whole::of(models, |model| model)))
}

/// Makes a project, whose owner the service account is.
#[utoipa::path(post, path = "/admin/projects", tag = TAG, request_body = CreateProjectRequest,
    responses((status = OK, body = ProjectModel), (status = CONFLICT)))]
pub(crate) async fn create_project(
    State(api): State<Api>,
    caller: Administrator,
    Body(request): Body<CreateProjectRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let CreateProjectRequest { name, max_pods, force_encryption_with_cmek } = request;
    caller.may::<may::CreateProjects>(&api, caller.organization_id()).await?;
    check(max_pods, force_encryption_with_cmek)?;
    let of = caller.organization_id();
    let id = projects::create(&api.services, &caller.origin, &caller.account, of, &name).await?;
    limit_pods(&api, &caller, id, max_pods).await?;
    Ok(Json(read(&api, &caller, id).await?))
}

/// A project.
#[utoipa::path(get, path = "/admin/projects/{project_id}", tag = TAG,
    params(("project_id" = String, Path)), responses((status = OK, body = ProjectModel)))]
pub(crate) async fn fetch_project(
    State(api): State<Api>,
    caller: Administrator,
    Id(id): Id<ProjectId>,
) -> Result<impl IntoResponse> {
    Ok(Json(read(&api, &caller, id).await?))
}

/// Changes what is given of a project.
#[utoipa::path(patch, path = "/admin/projects/{project_id}", tag = TAG,
    params(("project_id" = String, Path)), request_body = UpdateProjectRequest,
    responses((status = OK, body = ProjectModel), (status = CONFLICT)))]
pub(crate) async fn update_project(
    State(api): State<Api>,
    caller: Administrator,
    Id(id): Id<ProjectId>,
    Body(request): Body<UpdateProjectRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let UpdateProjectRequest { name, max_pods, force_encryption_with_cmek } = request;
    caller.may::<may::UpdateProjectName>(&api, id).await?;
    check(max_pods, force_encryption_with_cmek)?;
    if let Some(name) = name {
        projects::rename(&api.services, &caller.origin, &caller.account, id, &name).await?;
    }
    limit_pods(&api, &caller, id, max_pods).await?;
    Ok(Json(read(&api, &caller, id).await?))
}

/// Deletes a project that holds no indexes, backups or collections any more, with its keys.
#[utoipa::path(delete, path = "/admin/projects/{project_id}", tag = TAG,
    params(("project_id" = String, Path)), responses((status = ACCEPTED), (status = PRECONDITION_FAILED)))]
pub(crate) async fn delete_project(
    State(api): State<Api>,
    caller: Administrator,
    Id(id): Id<ProjectId>,
) -> Result<impl IntoResponse> {
    projects::delete_empty(&api.services, &caller.origin, &caller.account, id).await?;
    Ok(StatusCode::ACCEPTED)
}
