//! Reading invites as their inviters see them.

use super::{Place, create::project_text, place::role};
use crate::{
    Result, Services,
    authorize::Granted,
    db::{Select, after, page, parse},
};
use conifer_domain::{
    Problem,
    ids::{InviteId, ProjectId},
    invites::{Invite, InviteQuery, InviteState},
    paging::{Page, Paging},
    permissions::may,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    project_id: Option<String>,
    role: String,
    email: String,
    invited_by: String,
    created_at: i64,
    expires_at: i64,
    accepted_at: Option<i64>,
    revoked_at: Option<i64>,
}

/// It ends where the id of the organization belongs.
const INVITES_OF: &str =
    "SELECT i.id, i.project_id, i.role, i.email, COALESCE(u.name, s.name) AS invited_by, i.created_at, i.expires_at,
            i.accepted_at, i.revoked_at
     FROM invites i LEFT JOIN users u ON u.id = i.invited_by
     LEFT JOIN service_accounts s ON s.id = i.invited_by_account WHERE i.organization_id =";

/// Newest first.
pub async fn list<P: Place>(
    services: &Services,
    granted: &Granted<P::Inviting>,
    query: &InviteQuery,
) -> Result<Page<Invite>> {
    let now_ms = services.clock().now_ms();
    let mut select = Select::new(INVITES_OF)
        .bind(granted.organization_id().to_string())
        .push("AND COALESCE(i.project_id, '') =")
        .bind(project_text(granted))
        .containing(&["i.email_key"], &query.search);
    select = in_state(select, query.state, now_ms);
    if let Some((at, id)) = after::<(i64, String)>(&query.paging)? {
        select = select.push("AND (i.created_at, i.id) < (").bind(at).push(",").bind(id).push(")");
    }
    let limit = i64::from(query.paging.length()) + 1;
    let select = select.push("ORDER BY i.created_at DESC, i.id DESC LIMIT").bind(limit);
    let rows: Vec<Row> = select.fetch(services.db()).await?;
    page(rows, &query.paging, |row| (row.created_at, row.id.clone()), |row| row.read(now_ms))
}

/// Those into the organization and all its projects that are neither accepted nor revoked. Newest first.
pub async fn list_open(
    services: &Services,
    granted: &Granted<may::InviteOrganizationMembers>,
    paging: &Paging,
) -> Result<Page<Invite>> {
    let now_ms = services.clock().now_ms();
    let mut select = Select::new(INVITES_OF)
        .bind(granted.organization_id().to_string())
        .push("AND i.accepted_at IS NULL AND i.revoked_at IS NULL");
    if let Some((at, id)) = after::<(i64, String)>(paging)? {
        select = select.push("AND (i.created_at, i.id) < (").bind(at).push(",").bind(id).push(")");
    }
    let limit = i64::from(paging.length()) + 1;
    let select = select.push("ORDER BY i.created_at DESC, i.id DESC LIMIT").bind(limit);
    let rows: Vec<Row> = select.fetch(services.db()).await?;
    page(rows, paging, |row| (row.created_at, row.id.clone()), |row| row.read(now_ms))
}

/// One that is not revoked.
pub async fn get<P: Place>(
    services: &Services,
    granted: &Granted<P::Inviting>,
    id: InviteId,
) -> Result<Invite> {
    let select = Select::new(INVITES_OF)
        .bind(granted.organization_id().to_string())
        .push("AND COALESCE(i.project_id, '') =")
        .bind(project_text(granted))
        .push("AND i.revoked_at IS NULL AND i.id =")
        .bind(id.to_string());
    let row = select.fetch::<Row>(services.db()).await?.pop().ok_or(Problem::NotFound)?;
    row.read(services.clock().now_ms())
}

/// The project that an invite is into, if any, for who has only its id. It says nothing to anybody by itself.
pub async fn project_of(services: &Services, id: InviteId) -> Result<Option<ProjectId>> {
    let row: Option<(Option<String>,)> = sqlx::query_as("SELECT project_id FROM invites WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(services.db().pool())
        .await?;
    row.and_then(|(id,)| id).as_deref().map(parse).transpose()
}

fn in_state(select: Select, state: Option<InviteState>, now_ms: i64) -> Select {
    match state {
        None => select,
        Some(InviteState::Accepted) => select.push("AND i.accepted_at IS NOT NULL"),
        Some(InviteState::Revoked) => select.push("AND i.revoked_at IS NOT NULL"),
        Some(InviteState::Pending) => {
            select.push("AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at >").bind(now_ms)
        }
        Some(InviteState::Expired) => {
            select.push("AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at <=").bind(now_ms)
        }
    }
}

impl Row {
    fn read(self, now_ms: i64) -> Result<Invite> {
        let state = match (self.accepted_at, self.revoked_at) {
            (Some(_), _) => InviteState::Accepted,
            (_, Some(_)) => InviteState::Revoked,
            _ if self.expires_at > now_ms => InviteState::Pending,
            _ => InviteState::Expired,
        };
        Ok(Invite {
            id: parse(&self.id)?,
            role: role(&self.role, self.project_id.is_some())?,
            email: self.email,
            invited_by: self.invited_by,
            created_at_ms: self.created_at,
            expires_at_ms: self.expires_at,
            accepted_at_ms: self.accepted_at,
            state,
        })
    }
}
