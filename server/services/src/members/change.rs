//! Who comes, goes, and becomes what in a project.

use super::{Kept, insert};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Right},
    db::Tx,
    sessions::Current,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{ProjectId, UserId},
    permissions::{Role, may},
    projects::ProjectRole,
};
use serde_json::json;

/// Lets somebody in who is in the organization already, without an invite.
pub async fn add(
    services: &Services,
    origin: &Origin,
    current: &Current,
    id: ProjectId,
    user_id: UserId,
    role: ProjectRole,
) -> Result<()> {
    services
        .change(origin, current, id, (user_id, role), |tx, granted, (user_id, role)| {
            Box::pin(let_in(tx, granted, *user_id, *role))
        })
        .await
}

async fn let_in(
    tx: &mut Tx,
    granted: &Granted<may::InviteMembers>,
    user_id: UserId,
    role: ProjectRole,
) -> Result<Done<()>> {
    let id = granted.of();
    let known = "SELECT 'user', u.name, u.email FROM organization_members m JOIN users u ON u.id = m.user_id
                 WHERE m.organization_id = $1 AND m.user_id = $2";
    let person = Kept::<ProjectRole>::find(tx, known, granted.organization_id().to_string(), user_id).await?;
    let person = person.ok_or(Problem::NotFound)?;
    if member(tx, id, user_id).await?.is_some() {
        return Err(Problem::invalid(Field::Email, Rule::MemberAlready).into());
    }
    insert(tx, id, granted.organization_id(), user_id, role, granted.at_ms()).await?;
    let details = person.details(json!({ "after": role.as_str() }));
    Ok(Done::noted((), Action::MemberAdded, granted.subject().to(user_id).with(details)))
}

pub async fn change_role(
    services: &Services,
    origin: &Origin,
    current: &Current,
    id: ProjectId,
    user_id: UserId,
    role: ProjectRole,
) -> Result<()> {
    services
        .change(origin, current, id, (user_id, role), |tx, granted, (user_id, role)| {
            Box::pin(set_role(tx, granted, *user_id, *role))
        })
        .await
}

async fn set_role(
    tx: &mut Tx,
    granted: &Granted<may::UpdateMemberRoles>,
    user_id: UserId,
    role: ProjectRole,
) -> Result<Done<()>> {
    let member = member(tx, granted.of(), user_id).await?.ok_or(Problem::NotFound)?;
    if member.role == role {
        return Ok(Done::unchanged(()));
    }
    keep_an_owner(tx, granted.of(), user_id, member.role).await?;
    sqlx::query("UPDATE project_members SET role = $3 WHERE project_id = $1 AND user_id = $2")
        .bind(granted.of().to_string())
        .bind(user_id.to_string())
        .bind(role.as_str())
        .execute(tx)
        .await?;
    let details = member.details(json!({ "before": member.role.as_str(), "after": role.as_str() }));
    Ok(Done::noted((), Action::MemberRoleChanged, granted.subject().to(user_id).with(details)))
}

pub async fn remove(
    services: &Services,
    origin: &Origin,
    current: &Current,
    id: ProjectId,
    user_id: UserId,
) -> Result<()> {
    services
        .change::<may::DeleteMembers, _, _>(origin, current, id, user_id, |tx, granted, user_id| {
            Box::pin(end(tx, granted, *user_id, Action::MemberRemoved))
        })
        .await
}

/// `InByOrganization` for an owner of the organization without a role of their own in the project.
pub async fn leave(services: &Services, origin: &Origin, current: &Current, id: ProjectId) -> Result<()> {
    services
        .change::<may::LeaveProject, _, _>(origin, current, id, (), |tx, granted, ()| {
            Box::pin(end(tx, granted, granted.actor(), Action::ProjectLeft))
        })
        .await
}

async fn end<P: Right<Of = ProjectId>>(
    tx: &mut Tx,
    granted: &Granted<P>,
    user_id: UserId,
    action: Action,
) -> Result<Done<()>> {
    let id = granted.of();
    let Some(member) = member(tx, id, user_id).await? else {
        let is_owner_of_all = granted.role() == Role::OrganizationOwner && user_id == granted.actor();
        return Err(if is_owner_of_all { Problem::InByOrganization } else { Problem::NotFound }.into());
    };
    keep_an_owner(tx, id, user_id, member.role).await?;
    sqlx::query("DELETE FROM project_members WHERE project_id = $1 AND user_id = $2")
        .bind(id.to_string())
        .bind(user_id.to_string())
        .execute(tx)
        .await?;
    let details = member.details(json!({ "before": member.role.as_str() }));
    Ok(Done::noted((), action, granted.subject().to(user_id).with(details)))
}

async fn member(tx: &mut Tx, id: ProjectId, user_id: UserId) -> Result<Option<Kept<ProjectRole>>> {
    let sql = "SELECT m.role, u.name, u.email FROM project_members m JOIN users u ON u.id = m.user_id
               WHERE m.project_id = $1 AND m.user_id = $2";
    Kept::find(tx, sql, id.to_string(), user_id).await
}

async fn keep_an_owner(tx: &mut Tx, id: ProjectId, user_id: UserId, role: ProjectRole) -> Result<()> {
    if role != ProjectRole::Owner {
        return Ok(());
    }
    let (others,): (i64,) = sqlx::query_as(
        "SELECT COUNT(*) FROM project_members WHERE project_id = $1 AND role = 'owner' AND user_id <> $2",
    )
    .bind(id.to_string())
    .bind(user_id.to_string())
    .fetch_one(tx)
    .await?;
    if others == 0 { Err(Problem::LastOwner.into()) } else { Ok(()) }
}
