//! Who is what where. A person or a service account has one role in each place: giving another replaces it.

mod given;

use super::{
    BODY_MAX_BYTES, TAG,
    administrator::{Administrator, Newer},
    bindings::{RoleBindingInput, one_of},
    ids::Id,
    lists::{Paged, paging},
};
use crate::{
    Api,
    control::time::written,
    errors::{ApiError, Result},
    requests::{Body, Parameters},
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use conifer_domain::{
    Problem,
    ids::ProjectId,
    paging::{Page, Paging},
    permissions::may,
    role_bindings::{Binding, BindingFilter, BoundRole, Place, PrincipalKind, RoleBinding},
};
use conifer_services::role_bindings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_role_bindings, create_role_binding))
        .routes(routes!(fetch_role_binding, delete_role_binding))
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RoleBindingModel {
    id: String,
    #[schema(value_type = String)]
    principal_type: &'static str,
    principal_id: String,
    #[schema(value_type = String)]
    resource_type: &'static str,
    resource_id: String,
    #[schema(value_type = String)]
    role: &'static str,
    created_at: String,
}

impl From<RoleBinding> for RoleBindingModel {
    fn from(RoleBinding { binding, created_at_ms }: RoleBinding) -> Self {
        Self {
            id: binding.to_string(),
            principal_type: binding.kind.as_str(),
            principal_id: binding.principal_id.to_string(),
            resource_type: binding.place.kind(),
            resource_id: binding.place.id(),
            role: binding.role.as_str(),
            created_at: written(created_at_ms),
        }
    }
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct CreateRoleBindingRequest {
    /// user, service_account or api_key.
    principal_type: String,
    principal_id: String,
    /// organization or project.
    resource_type: String,
    /// The project; none for the organization.
    resource_id: Option<String>,
    role: String,
}

fn kind(text: &str) -> Result<PrincipalKind> {
    let words = PrincipalKind::ALL.map(|kind| kind.as_str().to_owned());
    let text = one_of("principal_type", text, &words)?;
    let known = PrincipalKind::ALL.into_iter().find(|kind| kind.as_str() == text);
    known.ok_or_else(|| ApiError::invalid("principal_type: unknown"))
}

/// All roles that anything can have anywhere.
fn role_words() -> Vec<String> {
    let kinds = [(PrincipalKind::User, false), (PrincipalKind::User, true), (PrincipalKind::ApiKey, true)];
    let choices = kinds.into_iter().flat_map(|(kind, in_project)| BoundRole::choices(kind, in_project));
    let words: BTreeSet<_> = choices.map(|role| role.as_str().to_owned()).collect();
    words.into_iter().collect()
}

/// What is asked for, and the project it is asked of, if of one.
fn filter(parameters: &Parameters, caller: &Administrator) -> Result<(BindingFilter, Option<ProjectId>)> {
    let nowhere = || ApiError::from(Problem::NotFound);
    let role = parameters.one("role").map(|text| one_of("role", text, &role_words())).transpose()?;
    let mut filter = BindingFilter { role, ..BindingFilter::default() };
    filter.kind = parameters.one("principal_type").map(kind).transpose()?;
    filter.principal_id =
        parameters.one("principal_id").map(str::parse).transpose().map_err(|_| nowhere())?;
    if filter.principal_id.is_some() && filter.kind.is_none() {
        return Err(ApiError::invalid("principal_id: needs principal_type too"));
    }
    let place = parameters.one("resource_type");
    let place =
        place.map(|text| one_of("resource_type", text, &Place::KINDS.map(str::to_owned))).transpose()?;
    filter.in_project = place.map(|place| place == "project");
    let project = match (filter.in_project, parameters.one("resource_id")) {
        (None, Some(_)) => return Err(ApiError::invalid("resource_id: needs resource_type too")),
        (Some(true), Some(id)) => Some(id.parse().map_err(|_| nowhere())?),
        (Some(false), Some(id)) if id != caller.organization_id().to_string() => return Err(nowhere()),
        _ => None,
    };
    Ok((filter, project))
}

async fn find(
    api: &Api,
    caller: &Administrator,
    project: Option<ProjectId>,
    filter: &BindingFilter,
    paging: &Paging,
) -> Result<Page<RoleBinding>> {
    let services = &api.services;
    match project {
        Some(id) => {
            let granted = caller.may::<may::ViewMembers>(api, id).await?;
            Ok(role_bindings::list_of_project(services, &granted, filter, paging).await?)
        }
        None => {
            let granted = caller.may::<may::ViewOrganizationMembers>(api, caller.organization_id()).await?;
            Ok(role_bindings::list_of_organization(services, &granted, filter, paging).await?)
        }
    }
}

/// The one that stands.
async fn read(api: &Api, caller: &Administrator, binding: &Binding) -> Result<RoleBinding> {
    let project = match binding.place {
        Place::Project(id) => Some(id),
        Place::Organization(id) if id == caller.organization_id() => None,
        Place::Organization(_) => return Err(Problem::NotFound.into()),
    };
    let filter = BindingFilter {
        kind: Some(binding.kind),
        principal_id: Some(binding.principal_id),
        in_project: Some(project.is_some()),
        role: Some(binding.role.as_str().to_owned()),
    };
    let page = find(api, caller, project, &filter, &Paging::default()).await?;
    Ok(page.items.into_iter().next().ok_or(Problem::NotFound)?)
}

/// Roles in the organization and, for its owners, in all its projects; or in one project.
#[utoipa::path(get, path = "/admin/role-bindings", tag = TAG,
    params(("principal_type" = Option<String>, Query), ("principal_id" = Option<String>, Query),
        ("resource_type" = Option<String>, Query), ("resource_id" = Option<String>, Query),
        ("role" = Option<String>, Query),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 100), ("paginationToken" = Option<String>, Query)),
    responses((status = OK, body = Paged<RoleBindingModel>)))]
pub(crate) async fn list_role_bindings(
    State(api): State<Api>,
    Newer(caller): Newer,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let (filter, project) = filter(&parameters, &caller)?;
    let page = find(&api, &caller, project, &filter, &paging(&parameters)?).await?;
    Ok(Json(Paged::of(page, RoleBindingModel::from)))
}

/// Gives a role. A person or a service account then has it instead of another in the same place.
#[utoipa::path(post, path = "/admin/role-bindings", tag = TAG, request_body = CreateRoleBindingRequest,
    responses((status = CREATED, body = RoleBindingModel), (status = CONFLICT)))]
pub(crate) async fn create_role_binding(
    State(api): State<Api>,
    Newer(caller): Newer,
    Body(request): Body<CreateRoleBindingRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let kind = kind(&request.principal_type)?;
    let CreateRoleBindingRequest { principal_id, resource_type, resource_id, role, .. } = request;
    let input = RoleBindingInput::new(resource_type, resource_id, role);
    let (place, role) = input.read("", kind, caller.organization_id())?;
    let principal_id: Uuid = principal_id.parse().map_err(|_| Problem::NotFound)?;
    let binding = Binding { kind, principal_id, place, role };
    given::give(&api, &caller, &binding).await?;
    let made = RoleBindingModel::from(read(&api, &caller, &binding).await?);
    Ok((StatusCode::CREATED, Json(made)))
}

/// A role that somebody has.
#[utoipa::path(get, path = "/admin/role-bindings/{role_binding_id}", tag = TAG,
    params(("role_binding_id" = String, Path)), responses((status = OK, body = RoleBindingModel)))]
pub(crate) async fn fetch_role_binding(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(binding): Id<Binding>,
) -> Result<impl IntoResponse> {
    Ok(Json(RoleBindingModel::from(read(&api, &caller, &binding).await?)))
}

/// Takes a role away. Without one in the organization a person is out of it.
#[utoipa::path(delete, path = "/admin/role-bindings/{role_binding_id}", tag = TAG,
    params(("role_binding_id" = String, Path)), responses((status = ACCEPTED), (status = CONFLICT)))]
pub(crate) async fn delete_role_binding(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(binding): Id<Binding>,
) -> Result<impl IntoResponse> {
    read(&api, &caller, &binding).await?;
    given::take(&api, &caller, &binding).await?;
    Ok(StatusCode::ACCEPTED)
}
