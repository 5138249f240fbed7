//! Service accounts, by themselves.

use super::{
    BODY_MAX_BYTES, TAG,
    administrator::{Administrator, Newer},
    bindings::RoleBindingInput,
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
    ids::{OrganizationId, ServiceAccountId},
    permissions::may,
    role_bindings::{BoundRole, Place, PrincipalKind},
    service_accounts::{ServiceAccount, ServiceAccountQuery, ServiceRoles},
};
use conifer_services::service_accounts;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_service_accounts, create_service_account))
        .routes(routes!(fetch_service_account, update_service_account, delete_service_account))
        .routes(routes!(rotate_service_account_secret))
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ServiceAccountModel {
    id: String,
    name: String,
    client_id: String,
    created_at: String,
    updated_at: String,
}

impl From<ServiceAccount> for ServiceAccountModel {
    fn from(account: ServiceAccount) -> Self {
        Self {
            id: account.id.to_string(),
            name: account.name,
            client_id: account.client_id,
            created_at: written(account.created_at_ms),
            updated_at: written(account.updated_at_ms),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ServiceAccountWithSecret {
    service_account: ServiceAccountModel,
    /// Told this once.
    client_secret: String,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct CreateServiceAccountRequest {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    #[serde(default)]
    role_bindings: Vec<RoleBindingInput>,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct UpdateServiceAccountRequest {
    #[schema(min_length = 1, max_length = 80)]
    name: Option<String>,
}

fn roles(inputs: &[RoleBindingInput], of: OrganizationId) -> Result<ServiceRoles> {
    let mut roles = ServiceRoles::default();
    for (at, input) in inputs.iter().enumerate() {
        let within = format!("role_bindings[{at}].");
        let twice = || ApiError::invalid(format!("{within}role: there is one role in each place"));
        match input.read(&within, PrincipalKind::ServiceAccount, of)? {
            (Place::Organization(_), BoundRole::Organization(role)) => {
                roles.organization.replace(role).map_or(Ok(()), |_| Err(twice()))?;
            }
            (Place::Project(id), BoundRole::Project(role)) => {
                if roles.projects.iter().any(|(known, _)| *known == id) {
                    return Err(twice());
                }
                roles.projects.push((id, role));
            }
            _ => return Err(ApiError::invalid(format!("{within}role: is not one of that place"))),
        }
    }
    Ok(roles)
}

async fn read(api: &Api, caller: &Administrator, id: ServiceAccountId) -> Result<ServiceAccountModel> {
    let granted = caller.may::<may::ViewServiceAccounts>(api, caller.organization_id()).await?;
    Ok(service_accounts::get(&api.services, &granted, id).await?.into())
}

async fn with_secret(
    api: &Api,
    caller: &Administrator,
    id: ServiceAccountId,
    secret: SecretString,
) -> Result<Json<ServiceAccountWithSecret>> {
    let service_account = read(api, caller, id).await?;
    Ok(Json(ServiceAccountWithSecret { service_account, client_secret: secret.expose_secret().to_owned() }))
}

/// The service accounts of the organization, by name.
#[utoipa::path(get, path = "/admin/service-accounts", tag = TAG,
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 100), ("paginationToken" = Option<String>, Query)),
    responses((status = OK, body = Paged<ServiceAccountModel>)))]
pub(crate) async fn list_service_accounts(
    State(api): State<Api>,
    Newer(caller): Newer,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewServiceAccounts>(&api, caller.organization_id()).await?;
    let query = ServiceAccountQuery { paging: paging(&parameters)?, ..ServiceAccountQuery::default() };
    let page = service_accounts::list(&api.services, &granted, &query).await?;
    Ok(Json(Paged::of(page, ServiceAccountModel::from)))
}

/// Makes a service account, with its roles. Its secret is told this once.
#[utoipa::path(post, path = "/admin/service-accounts", tag = TAG, request_body = CreateServiceAccountRequest,
    responses((status = CREATED, body = ServiceAccountWithSecret), (status = CONFLICT)))]
pub(crate) async fn create_service_account(
    State(api): State<Api>,
    Newer(caller): Newer,
    Body(request): Body<CreateServiceAccountRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let of = caller.organization_id();
    caller.may::<may::CreateServiceAccounts>(&api, of).await?;
    let roles = roles(&request.role_bindings, of)?;
    let (services, origin, account) = (&api.services, &caller.origin, &caller.account);
    let made = service_accounts::create(services, origin, account, of, &request.name, roles).await?;
    Ok((StatusCode::CREATED, with_secret(&api, &caller, made.id, made.secret).await?))
}

/// A service account, without its secret.
#[utoipa::path(get, path = "/admin/service-accounts/{service_account_id}", tag = TAG,
    params(("service_account_id" = String, Path)), responses((status = OK, body = ServiceAccountModel)))]
pub(crate) async fn fetch_service_account(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(id): Id<ServiceAccountId>,
) -> Result<impl IntoResponse> {
    Ok(Json(read(&api, &caller, id).await?))
}

/// Gives a service account another name.
#[utoipa::path(patch, path = "/admin/service-accounts/{service_account_id}", tag = TAG,
    params(("service_account_id" = String, Path)), request_body = UpdateServiceAccountRequest,
    responses((status = OK, body = ServiceAccountModel), (status = CONFLICT)))]
pub(crate) async fn update_service_account(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(id): Id<ServiceAccountId>,
    Body(request): Body<UpdateServiceAccountRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let of = caller.organization_id();
    caller.may::<may::UpdateServiceAccounts>(&api, of).await?;
    if let Some(name) = request.name {
        service_accounts::rename(&api.services, &caller.origin, &caller.account, of, id, &name).await?;
    }
    Ok(Json(read(&api, &caller, id).await?))
}

/// Deletes a service account. Its tokens end at once.
#[utoipa::path(delete, path = "/admin/service-accounts/{service_account_id}", tag = TAG,
    params(("service_account_id" = String, Path)), responses((status = ACCEPTED), (status = CONFLICT)))]
pub(crate) async fn delete_service_account(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(id): Id<ServiceAccountId>,
) -> Result<impl IntoResponse> {
    // Whoever knows the id means it.
    let name = read(&api, &caller, id).await?.name;
    let of = caller.organization_id();
    service_accounts::delete(&api.services, &caller.origin, &caller.account, of, id, &name).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Makes a new secret, told this once. The one before and all tokens end at once.
#[utoipa::path(post, path = "/admin/service-accounts/{service_account_id}/rotate-secret", tag = TAG,
    params(("service_account_id" = String, Path)), responses((status = OK, body = ServiceAccountWithSecret)))]
pub(crate) async fn rotate_service_account_secret(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(id): Id<ServiceAccountId>,
) -> Result<impl IntoResponse> {
    // An account that renews its own secret has no token afterwards to read itself with.
    let service_account = read(&api, &caller, id).await?;
    let of = caller.organization_id();
    let secret = service_accounts::rotate(&api.services, &caller.origin, &caller.account, of, id).await?;
    Ok(Json(ServiceAccountWithSecret { service_account, client_secret: secret.expose_secret().to_owned() }))
}
