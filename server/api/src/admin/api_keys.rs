//! API keys of a project.

use super::{
    BODY_MAX_BYTES, TAG,
    administrator::Administrator,
    ids::Id,
    lists::{All, Whole},
};
use crate::{
    Api,
    errors::{ApiError, Result},
    requests::{Body, choice},
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use conifer_domain::{
    api_keys::{ApiKey, KeyLimits, KeyQuery, KeyRights, KeyRole, KeyScope},
    ids::{ApiKeyId, ProjectId},
    permissions::may,
};
use conifer_services::api_keys::{self, RoleChange};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list_project_api_keys, create_api_key)).routes(routes!(
        fetch_api_key,
        update_api_key,
        delete_api_key
    ))
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ApiKeyModel {
    id: String,
    name: String,
    project_id: String,
    #[schema(value_type = Vec<String>)]
    roles: Vec<&'static str>,
    /// The indexes that it is limited to; none for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    indexes: Option<BTreeSet<String>>,
    /// The namespaces that it is limited to; none for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    namespaces: Option<BTreeSet<String>>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ApiKeyWithSecret {
    key: ApiKeyModel,
    /// The secret, told this once.
    value: String,
}

fn model(project_id: ProjectId, key: ApiKey) -> ApiKeyModel {
    ApiKeyModel {
        id: key.id.to_string(),
        name: key.name,
        project_id: project_id.to_string(),
        roles: key.rights.roles.into_iter().map(KeyRole::as_str).collect(),
        indexes: key.rights.scope.indexes,
        namespaces: key.rights.scope.namespaces,
    }
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct CreateApiKeyRequest {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// ProjectEditor unless given.
    roles: Option<Vec<String>>,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct UpdateApiKeyRequest {
    #[schema(min_length = 1, max_length = 80)]
    name: Option<String>,
    /// Instead of those that it has.
    roles: Option<Vec<String>>,
}

/// A role by the name that programs have for it.
#[derive(Clone, Copy)]
struct Written(KeyRole);

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl FromStr for Written {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().map(Self).map_err(|_| ())
    }
}

fn roles(texts: &[String]) -> Result<BTreeSet<KeyRole>> {
    if texts.is_empty() {
        return Err(ApiError::invalid("roles: must have one role at least, but is empty"));
    }
    let each = texts.iter().enumerate();
    let read = |(at, text): (usize, &String)| {
        choice(&format!("roles[{at}]"), text, &KeyRole::ALL.map(Written)).map(|Written(role)| role)
    };
    each.map(read).collect()
}

/// Where the key is; a project that nobody has for one that is not there.
async fn project_of(api: &Api, id: ApiKeyId) -> Result<ProjectId> {
    Ok(api_keys::project_of(&api.services, id).await?.unwrap_or(ProjectId::NONE))
}

async fn read(api: &Api, caller: &Administrator, of: ProjectId, id: ApiKeyId) -> Result<ApiKeyModel> {
    let granted = caller.may::<may::ViewApiKeys>(api, of).await?;
    Ok(model(of, api_keys::get(&api.services, &granted, id).await?))
}

/// The keys of a project, by name.
#[utoipa::path(get, path = "/admin/projects/{project_id}/api-keys", tag = TAG,
    params(("project_id" = String, Path)), responses((status = OK, body = Whole<ApiKeyModel>)))]
pub(crate) async fn list_project_api_keys(
    State(api): State<Api>,
    caller: Administrator,
    Id(of): Id<ProjectId>,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewApiKeys>(&api, of).await?;
    let mut found = All::new();
    while let Some(paging) = found.wanted() {
        let query = KeyQuery { paging, ..KeyQuery::default() };
        found.add(api_keys::list(&api.services, &granted, &query).await?);
    }
    Ok(Json(Whole::of(found.into_items(), |key| model(of, key))))
}

/// Makes a key. Its secret is told this once.
#[utoipa::path(post, path = "/admin/projects/{project_id}/api-keys", tag = TAG,
    params(("project_id" = String, Path)), request_body = CreateApiKeyRequest,
    responses((status = CREATED, body = ApiKeyWithSecret), (status = CONFLICT)))]
pub(crate) async fn create_api_key(
    State(api): State<Api>,
    caller: Administrator,
    Id(of): Id<ProjectId>,
    Body(request): Body<CreateApiKeyRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    caller.may::<may::CreateApiKeys>(&api, of).await?;
    let roles = match &request.roles {
        Some(texts) => roles(texts)?,
        None => [KeyRole::ProjectEditor].into(),
    };
    let (scope, limits) = (KeyScope::default(), KeyLimits::default());
    let rights = KeyRights { roles, scope, limits, expires_at_ms: None };
    let made =
        api_keys::create(&api.services, &caller.origin, &caller.account, of, &request.name, rights).await?;
    let key = read(&api, &caller, of, made.id).await?;
    Ok((StatusCode::CREATED, Json(ApiKeyWithSecret { key, value: made.secret.expose_secret().to_owned() })))
}

/// A key, without its secret.
#[utoipa::path(get, path = "/admin/api-keys/{api_key_id}", tag = TAG,
    params(("api_key_id" = String, Path)), responses((status = OK, body = ApiKeyModel)))]
pub(crate) async fn fetch_api_key(
    State(api): State<Api>,
    caller: Administrator,
    Id(id): Id<ApiKeyId>,
) -> Result<impl IntoResponse> {
    Ok(Json(read(&api, &caller, project_of(&api, id).await?, id).await?))
}

/// Changes a key's name, or its roles, or both.
#[utoipa::path(patch, path = "/admin/api-keys/{api_key_id}", tag = TAG,
    params(("api_key_id" = String, Path)), request_body = UpdateApiKeyRequest,
    responses((status = OK, body = ApiKeyModel), (status = CONFLICT)))]
pub(crate) async fn update_api_key(
    State(api): State<Api>,
    caller: Administrator,
    Id(id): Id<ApiKeyId>,
    Body(request): Body<UpdateApiKeyRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let of = project_of(&api, id).await?;
    caller.may::<may::UpdateApiKeys>(&api, of).await?;
    let (services, origin, account) = (&api.services, &caller.origin, &caller.account);
    let roles = request.roles.as_deref().map(roles).transpose()?;
    if let Some(name) = &request.name {
        api_keys::rename(services, origin, account, of, id, name).await?;
    }
    if let Some(roles) = roles {
        api_keys::change_roles(services, origin, account, of, id, RoleChange::Replace(roles)).await?;
    }
    Ok(Json(read(&api, &caller, of, id).await?))
}

/// Deletes a key, which ends at once.
#[utoipa::path(delete, path = "/admin/api-keys/{api_key_id}", tag = TAG,
    params(("api_key_id" = String, Path)), responses((status = ACCEPTED)))]
pub(crate) async fn delete_api_key(
    State(api): State<Api>,
    caller: Administrator,
    Id(id): Id<ApiKeyId>,
) -> Result<impl IntoResponse> {
    let of = project_of(&api, id).await?;
    // Whoever knows the id means it.
    let name = read(&api, &caller, of, id).await?.name;
    api_keys::delete(&api.services, &caller.origin, &caller.account, of, id, &name).await?;
    Ok(StatusCode::ACCEPTED)
}
