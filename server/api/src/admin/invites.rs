//! Invites into the organization, or into one of its projects.

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
    EmailAddress, Problem,
    ids::{InviteId, ProjectId},
    invites::{Invite, InviteState},
    organizations::OrganizationRole,
    permissions::may,
    role_bindings::{BoundRole, Place as Whereto, PrincipalKind},
};
use conifer_services::invites::{self, Place};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_invites, create_invite))
        .routes(routes!(fetch_invite, delete_invite))
        .routes(routes!(resend_invite))
}

#[derive(Serialize, ToSchema)]
pub(crate) struct InviteModel {
    id: String,
    email: String,
    #[schema(value_type = String)]
    status: &'static str,
    created_at: String,
    expires_at: String,
    /// When it was accepted.
    processed_at: Option<String>,
}

impl From<Invite> for InviteModel {
    fn from(invite: Invite) -> Self {
        Self {
            id: invite.id.to_string(),
            email: invite.email,
            status: match invite.state {
                InviteState::Pending => "pending",
                InviteState::Expired | InviteState::Revoked => "expired",
                InviteState::Accepted => "processed",
            },
            created_at: written(invite.created_at_ms),
            expires_at: written(invite.expires_at_ms),
            processed_at: invite.accepted_at_ms.map(written),
        }
    }
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct CreateInviteRequest {
    email: String,
    /// A role in the organization; beside OrgMember also one in one project.
    role_bindings: Vec<RoleBindingInput>,
}

const BINDINGS: &str =
    "role_bindings: must be one role in the organization, or OrgMember and one role in one project";

/// The one role that an invite holds: whoever is invited into a project is a member of the organization.
fn role(request: &CreateInviteRequest, caller: &Administrator) -> Result<(Whereto, BoundRole)> {
    let read = |(at, input): (usize, &RoleBindingInput)| {
        input.read(&format!("role_bindings[{at}]."), PrincipalKind::Invite, caller.organization_id())
    };
    let roles: Vec<_> = request.role_bindings.iter().enumerate().map(read).collect::<Result<_>>()?;
    let is_member = |role: &BoundRole| *role == BoundRole::Organization(OrganizationRole::Member);
    match &roles[..] {
        [role @ (Whereto::Organization(_), _)] => Ok(*role),
        [(Whereto::Organization(_), member), role @ (Whereto::Project(_), _)]
        | [role @ (Whereto::Project(_), _), (Whereto::Organization(_), member)]
            if is_member(member) =>
        {
            Ok(*role)
        }
        _ => Err(ApiError::invalid(BINDINGS)),
    }
}

async fn read<P: Place>(
    api: &Api,
    caller: &Administrator,
    place: P,
    id: InviteId,
) -> Result<Json<InviteModel>> {
    let granted = caller.may::<P::Inviting>(api, place).await?;
    Ok(Json(invites::get::<P>(&api.services, &granted, id).await?.into()))
}

async fn project_of(api: &Api, id: InviteId) -> Result<Option<ProjectId>> {
    Ok(invites::project_of(&api.services, id).await?)
}

/// Those that wait to be accepted, and those that are too old. Newest first.
#[utoipa::path(get, path = "/admin/invites", tag = TAG,
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 100), ("paginationToken" = Option<String>, Query)),
    responses((status = OK, body = Paged<InviteModel>)))]
pub(crate) async fn list_invites(
    State(api): State<Api>,
    Newer(caller): Newer,
    parameters: Parameters,
) -> Result<impl IntoResponse> {
    let granted = caller.may::<may::InviteOrganizationMembers>(&api, caller.organization_id()).await?;
    let page = invites::list_open(&api.services, &granted, &paging(&parameters)?).await?;
    Ok(Json(Paged::of(page, InviteModel::from)))
}

/// Invites somebody by mail.
#[utoipa::path(post, path = "/admin/invites", tag = TAG, request_body = CreateInviteRequest,
    responses((status = CREATED, body = InviteModel), (status = CONFLICT)))]
pub(crate) async fn create_invite(
    State(api): State<Api>,
    Newer(caller): Newer,
    Body(request): Body<CreateInviteRequest, BODY_MAX_BYTES>,
) -> Result<impl IntoResponse> {
    let email = EmailAddress::parse(&request.email)?;
    let made = match role(&request, &caller)? {
        (Whereto::Organization(id), BoundRole::Organization(role)) => {
            let made = invite(&api, &caller, id, &email, role).await?;
            read(&api, &caller, id, made).await?
        }
        (Whereto::Project(id), BoundRole::Project(role)) => {
            let made = invite(&api, &caller, id, &email, role).await?;
            read(&api, &caller, id, made).await?
        }
        _ => return Err(ApiError::invalid(BINDINGS)),
    };
    Ok((StatusCode::CREATED, made))
}

async fn invite<P: Place>(
    api: &Api,
    caller: &Administrator,
    place: P,
    email: &EmailAddress,
    role: P::Role,
) -> Result<InviteId> {
    let (services, origin, account) = (&api.services, &caller.origin, &caller.account);
    let made = invites::create(services, origin, account, place, email.as_str(), role).await;
    let made = made.map_err(|error| match error.problem() {
        // There is one address, so its place says nothing.
        Problem::InvalidItem { rule, .. } => {
            ApiError::from(Problem::invalid(conifer_domain::Field::Email, rule))
        }
        _ => error.into(),
    })?;
    Ok(*made.first().ok_or(Problem::Unexpected)?)
}

/// An invite.
#[utoipa::path(get, path = "/admin/invites/{invite_id}", tag = TAG,
    params(("invite_id" = String, Path)), responses((status = OK, body = InviteModel)))]
pub(crate) async fn fetch_invite(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(id): Id<InviteId>,
) -> Result<impl IntoResponse> {
    match project_of(&api, id).await? {
        Some(project) => read(&api, &caller, project, id).await,
        None => read(&api, &caller, caller.organization_id(), id).await,
    }
}

/// Ends an invite. Its links are dead at once.
#[utoipa::path(delete, path = "/admin/invites/{invite_id}", tag = TAG,
    params(("invite_id" = String, Path)), responses((status = ACCEPTED), (status = CONFLICT)))]
pub(crate) async fn delete_invite(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(id): Id<InviteId>,
) -> Result<impl IntoResponse> {
    let (services, origin, account) = (&api.services, &caller.origin, &caller.account);
    match project_of(&api, id).await? {
        Some(project) => invites::revoke(services, origin, account, project, id).await?,
        None => invites::revoke(services, origin, account, caller.organization_id(), id).await?,
    }
    Ok(StatusCode::ACCEPTED)
}

/// Mails an invite once more, and lets it live for seven days from now.
#[utoipa::path(post, path = "/admin/invites/{invite_id}/resend", tag = TAG,
    params(("invite_id" = String, Path)), responses((status = OK, body = InviteModel), (status = CONFLICT)))]
pub(crate) async fn resend_invite(
    State(api): State<Api>,
    Newer(caller): Newer,
    Id(id): Id<InviteId>,
) -> Result<impl IntoResponse> {
    let (services, origin, account) = (&api.services, &caller.origin, &caller.account);
    match project_of(&api, id).await? {
        Some(project) => {
            invites::resend(services, origin, account, project, id).await?;
            read(&api, &caller, project, id).await
        }
        None => {
            invites::resend(services, origin, account, caller.organization_id(), id).await?;
            read(&api, &caller, caller.organization_id(), id).await
        }
    }
}
