//! The organization of a service account: there is one.

use super::{BODY_MAX_BYTES, TAG, administrator::Administrator, ids::Id, lists::Whole};
use crate::{
    Api,
    control::time::written,
    errors::{Code, Result},
    requests::Body,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use conifer_domain::{ids::OrganizationId, organizations::OrganizationDetails, permissions::may};
use conifer_services::organizations;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list_organizations)).routes(routes!(
        fetch_organization,
        update_organization,
        delete_organization
    ))
}

#[derive(Serialize, ToSchema)]
pub(crate) struct OrganizationModel {
    id: String,
    name: String,
    /// Nobody pays here: it is the same for all.
    plan: &'static str,
    payment_status: &'static str,
    created_at: String,
    support_tier: &'static str,
}

impl From<OrganizationDetails> for OrganizationModel {
    fn from(organization: OrganizationDetails) -> Self {
        Self {
            id: organization.id.to_string(),
            name: organization.name,
            plan: "Dedicated",
            payment_status: "Active",
            created_at: written(organization.created_at_ms),
            support_tier: "Free",
        }
    }
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct UpdateOrganizationRequest {
    #[schema(min_length = 1, max_length = 512)]
    name: Option<String>,
}

async fn read(api: &Api, caller: &Administrator, id: OrganizationId) -> Result<OrganizationModel> {
    let granted = caller.may::<may::ViewOrganization>(api, id).await?;
    Ok(organizations::get(&api.services, &granted).await?.into())
}

/// The organization of the service account; none if it only enters projects.
#[utoipa::path(get, path = "/admin/organizations", tag = TAG,
    responses((status = OK, body = Whole<OrganizationModel>)))]
pub(crate) async fn list_organizations(
    State(api): State<Api>,
    caller: Administrator,
) -> Result<impl IntoResponse> {
    let found = match read(&api, &caller, caller.organization_id()).await {
        Ok(organization) => vec![organization],
        Err(error) if error.code == Code::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(Json(Whole::of(found, |organization| organization)))
}

/// An organization.
#[utoipa::path(get, path = "/admin/organizations/{organization_id}", tag = TAG,
    params(("organization_id" = String, Path)), responses((status = OK, body = OrganizationModel)))]
pub(crate) async fn fetch_organization(
    State(api): State<Api>,
    caller: Administrator,
    Id(id): Id<OrganizationId>,
) -> Result<impl IntoResponse> {
    Ok(Json(read(&api, &caller, id).await?))
}

/// Gives an organization another name.
#[utoipa::path(patch, path = "/admin/organizations/{organization_id}", tag = TAG,
    params(("organization_id" = String, Path)), request_body = UpdateOrganizationRequest,
    responses((status = OK, body = OrganizationModel)))]
pub(crate) async fn update_organization(
    State(api): State<Api>,
    caller: Administrator,
    Id(id): Id<OrganizationId>,
    Body(UpdateOrganizationRequest { name }): Body<UpdateOrganizationRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    caller.may::<may::UpdateOrganizationName>(&api, id).await?;
    if let Some(name) = name {
        organizations::rename(&api.services, &caller.origin, &caller.account, id, &name).await?;
    }
    Ok(Json(read(&api, &caller, id).await?))
}

/// Deletes an organization that has no projects any more, and with it the account that asks.
#[utoipa::path(delete, path = "/admin/organizations/{organization_id}", tag = TAG,
    params(("organization_id" = String, Path)), responses((status = ACCEPTED), (status = CONFLICT)))]
pub(crate) async fn delete_organization(
    State(api): State<Api>,
    caller: Administrator,
    Id(id): Id<OrganizationId>,
) -> Result<impl IntoResponse> {
    // Whoever knows the id means it.
    let name = read(&api, &caller, id).await?.name;
    organizations::delete(&api.services, &caller.origin, &caller.account, id, &name).await?;
    Ok(StatusCode::ACCEPTED)
}
