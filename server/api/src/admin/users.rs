//! The people of the organization.

use super::{
    TAG,
    administrator::Newer,
    ids::Id,
    lists::{Paged, paging},
};
use crate::{
    Api,
    errors::{Code, Result},
    requests::Parameters,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use conifer_domain::{
    EmailAddress,
    ids::UserId,
    members::{MemberQuery, OrganizationMember},
    paging::Page,
    permissions::may,
};
use conifer_services::organizations::members;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list_users)).routes(routes!(fetch_user, delete_user))
}

#[derive(Serialize, ToSchema)]
pub(crate) struct UserModel {
    id: String,
    email: String,
    name: String,
}

impl From<OrganizationMember> for UserModel {
    fn from(member: OrganizationMember) -> Self {
        Self { id: member.id.to_string(), email: member.email, name: member.name }
    }
}

/// The people of the organization, by name.
#[utoipa::path(get, path = "/admin/users", tag = TAG,
    params(("email" = Option<String>, Query, description = "Only the one with this address."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 100), ("paginationToken" = Option<String>, Query)),
    responses((status = OK, body = Paged<UserModel>)))]
pub(crate) async fn list_users(
    State(api): State<Api>,
    Newer(caller): Newer,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewOrganizationMembers>(&api, caller.organization_id()).await?;
    let paging = paging(&parameters)?;
    let page = match parameters.one("email") {
        Some(email) => {
            let email = EmailAddress::parse(email)?;
            let found = members::by_email(&api.services, &granted, &email).await.map_err(Into::into);
            Page { items: if_there(found)?.into_iter().collect(), next: None }
        }
        None => {
            let query = MemberQuery { paging, ..MemberQuery::default() };
            members::list(&api.services, &granted, &query).await?
        }
    };
    Ok(Json(Paged::of(page, UserModel::from)))
}

fn if_there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.code == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Somebody of the organization.
#[utoipa::path(get, path = "/admin/users/{user_id}", tag = TAG,
    params(("user_id" = String, Path)), responses((status = OK, body = UserModel)))]
pub(crate) async fn fetch_user(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(id): Id<UserId>,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::ViewOrganizationMembers>(&api, caller.organization_id()).await?;
    Ok(Json(UserModel::from(members::get(&api.services, &granted, id).await?)))
}

/// Removes somebody from the organization and all its projects. Their account stays theirs.
#[utoipa::path(delete, path = "/admin/users/{user_id}", tag = TAG,
    params(("user_id" = String, Path)), responses((status = ACCEPTED), (status = CONFLICT)))]
pub(crate) async fn delete_user(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(id): Id<UserId>,
) -> Result<impl IntoResponse> {
    let of = caller.organization_id();
    members::remove(&api.services, &caller.origin, &caller.account, of, id).await?;
    Ok(StatusCode::ACCEPTED)
}
