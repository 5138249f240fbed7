//! What a service account is where. In a project it can be the owner who always stays; in the organization that is
//! a person, who can sign in.

use super::row::find;
use crate::{
    Origin, Result, Services,
    audit::{Action, Subject},
    authorize::{Done, Granted, Principal},
    db::{Tx, parse},
    members::membership::keep_another_owner,
};
use conifer_domain::{
    Problem,
    ids::{OrganizationId, ProjectId, ServiceAccountId},
    organizations::OrganizationRole,
    permissions::may,
    projects::ProjectRole,
};
use serde_json::json;

/// None takes it away.
pub async fn set_role(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    of: OrganizationId,
    id: ServiceAccountId,
    role: Option<OrganizationRole>,
) -> Result<()> {
    services
        .change(origin, who, of, (id, role), |tx, granted, (id, role)| {
            Box::pin(become_in_organization(tx, granted, *id, *role))
        })
        .await
}

/// None takes it away; `LastOwner` when nobody else owns the project.
pub async fn set_project_role(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    of: OrganizationId,
    id: ServiceAccountId,
    project_id: ProjectId,
    role: Option<ProjectRole>,
) -> Result<()> {
    services
        .change(origin, who, of, (id, project_id, role), |tx, granted, (id, project_id, role)| {
            Box::pin(become_in_project(tx, granted, *id, *project_id, *role))
        })
        .await
}

type MayUpdate = Granted<may::UpdateServiceAccounts>;

async fn become_in_organization(
    tx: &mut Tx,
    granted: &MayUpdate,
    id: ServiceAccountId,
    role: Option<OrganizationRole>,
) -> Result<Done<()>> {
    let account = find(tx, granted.of(), id).await?;
    let role = role.map(OrganizationRole::as_str);
    if account.role.as_deref() == role {
        return Ok(Done::unchanged(()));
    }
    sqlx::query("UPDATE service_accounts SET role = $2, updated_at = $3 WHERE id = $1")
        .bind(id.to_string())
        .bind(role)
        .bind(granted.at_ms())
        .execute(tx)
        .await?;
    let details = json!({ "name": account.name, "before": account.role, "after": role });
    Ok(Done::noted((), Action::ServiceAccountRoleChanged, granted.subject().to(id).with(details)))
}

async fn become_in_project(
    tx: &mut Tx,
    granted: &MayUpdate,
    id: ServiceAccountId,
    project_id: ProjectId,
    role: Option<ProjectRole>,
) -> Result<Done<()>> {
    let account = find(tx, granted.of(), id).await?;
    let before = role_in(tx, id, project_id).await?;
    if before == role {
        return Ok(Done::unchanged(()));
    }
    if before == Some(ProjectRole::Owner) {
        keep_another_owner(tx, project_id, id).await?;
    }
    let leave = "DELETE FROM service_account_projects WHERE service_account_id = $1 AND project_id = $2";
    sqlx::query(leave).bind(id.to_string()).bind(project_id.to_string()).execute(&mut *tx).await?;
    if let Some(role) = role {
        enter(tx, id, project_id, granted.of(), role, granted.at_ms()).await?;
    }
    let [before, after] = [before, role].map(|role| role.map(ProjectRole::as_str));
    let details = json!({ "name": account.name, "before": before, "after": after });
    let subject = Subject { project_id: Some(project_id), ..granted.subject() };
    Ok(Done::noted((), Action::ServiceAccountRoleChanged, subject.to(id).with(details)))
}

async fn role_in(tx: &mut Tx, id: ServiceAccountId, project_id: ProjectId) -> Result<Option<ProjectRole>> {
    let row: Option<(String,)> = sqlx::query_as(
        "SELECT role FROM service_account_projects WHERE service_account_id = $1 AND project_id = $2",
    )
    .bind(id.to_string())
    .bind(project_id.to_string())
    .fetch_optional(tx)
    .await?;
    row.map(|(role,)| parse(&role)).transpose()
}

/// `NotFound` for a project of another organization. An account that is in stays what it is.
pub(crate) async fn enter(
    tx: &mut Tx,
    id: ServiceAccountId,
    project_id: ProjectId,
    of: OrganizationId,
    role: ProjectRole,
    now_ms: i64,
) -> Result<()> {
    let known: Option<(String,)> =
        sqlx::query_as("SELECT id FROM projects WHERE id = $1 AND organization_id = $2")
            .bind(project_id.to_string())
            .bind(of.to_string())
            .fetch_optional(&mut *tx)
            .await?;
    known.ok_or(Problem::NotFound)?;
    sqlx::query(
        "INSERT INTO service_account_projects (project_id, organization_id, service_account_id, role, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (project_id, service_account_id) DO NOTHING",
    )
    .bind(project_id.to_string())
    .bind(of.to_string())
    .bind(id.to_string())
    .bind(role.as_str())
    .bind(now_ms)
    .execute(tx)
    .await?;
    Ok(())
}
