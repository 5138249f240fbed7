//! Being a member, and that one owner always stays: the same steps for projects and for organizations.

use super::Kept;
use crate::{
    Result,
    audit::Action,
    authorize::{Done, Granted, Right},
    db::{Changed, Tx, parse},
    invites::Place,
};
use conifer_domain::{
    Problem,
    ids::{OrganizationId, ProjectId, UserId},
    limits::PROJECTS_NAMED_MAX,
    organizations::OrganizationRole,
    projects::ProjectRole,
};
use serde_json::json;
use std::str::FromStr;

/// What has members, by the table that they stand in. User `$2` is the member, `$1` what they are in.
pub(crate) trait Membership: Place<Role: FromStr + PartialEq> {
    const OWNER: Self::Role;
    /// Role, name and e-mail.
    const FIND: &'static str;
    const OTHER_OWNERS: &'static str;
    const SET_ROLE: &'static str;
    const DELETE: &'static str;
}

macro_rules! membership {
    ($of:ty, $owner:expr, $table:literal, $column:literal, $other_owners:literal) => {
        impl Membership for $of {
            const OWNER: Self::Role = $owner;
            const FIND: &'static str = concat!(
                "SELECT m.role, u.name, u.email FROM ",
                $table,
                " m JOIN users u ON u.id = m.user_id
                 WHERE m.",
                $column,
                " = $1 AND m.user_id = $2"
            );
            const OTHER_OWNERS: &'static str = $other_owners;
            const SET_ROLE: &'static str =
                concat!("UPDATE ", $table, " SET role = $3 WHERE ", $column, " = $1 AND user_id = $2");
            const DELETE: &'static str =
                concat!("DELETE FROM ", $table, " WHERE ", $column, " = $1 AND user_id = $2");
        }
    };
}

membership!(
    ProjectId,
    ProjectRole::Owner,
    "project_members",
    "project_id",
    "SELECT COUNT(*) FROM project_owners WHERE project_id = $1 AND owner_id <> $2"
);
// Service accounts do not count here: nobody could sign in.
membership!(
    OrganizationId,
    OrganizationRole::Owner,
    "organization_members",
    "organization_id",
    "SELECT COUNT(*) FROM organization_members WHERE organization_id = $1 AND user_id <> $2 AND role = 'owner'"
);

pub(crate) async fn find<M: Membership>(
    tx: &mut Tx,
    of: M,
    user_id: UserId,
) -> Result<Option<Kept<M::Role>>> {
    Kept::find(tx, M::FIND, of.to_string(), user_id).await
}

/// `LastOwner` when this member is the only one.
pub(crate) async fn keep_an_owner<M: Membership>(
    tx: &mut Tx,
    of: M,
    user_id: UserId,
    member: &Kept<M::Role>,
) -> Result<()> {
    if member.role == M::OWNER { keep_another_owner(tx, of, user_id).await } else { Ok(()) }
}

/// `LastOwner` when an owner, who may be a service account in a project, is the only one.
pub(crate) async fn keep_another_owner<M: Membership>(
    tx: &mut Tx,
    of: M,
    owner_id: impl ToString,
) -> Result<()> {
    let others = sqlx::query_as(M::OTHER_OWNERS).bind(of.to_string()).bind(owner_id.to_string());
    let (others,): (i64,) = others.fetch_one(tx).await?;
    if others == 0 { Err(Problem::LastOwner.into()) } else { Ok(()) }
}

/// `LastOwnerOfProjects` of the organization that would be left without an owner if this one went.
pub(crate) async fn keep_owners_of_projects(
    tx: &mut Tx,
    of: OrganizationId,
    owner_id: impl ToString,
) -> Result<()> {
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT m.project_id FROM project_owners m
         WHERE m.organization_id = $1 AND m.owner_id = $2
             AND NOT EXISTS (SELECT 1 FROM project_owners o
                 WHERE o.project_id = m.project_id AND o.owner_id <> $2)
         ORDER BY m.project_id LIMIT $3",
    )
    .bind(of.to_string())
    .bind(owner_id.to_string())
    .bind(i64::from(PROJECTS_NAMED_MAX))
    .fetch_all(tx)
    .await?;
    let project_ids: Vec<ProjectId> = rows.iter().map(|(id,)| parse(id)).collect::<Result<_>>()?;
    if project_ids.is_empty() { Ok(()) } else { Err(Problem::LastOwnerOfProjects { project_ids }.into()) }
}

pub(crate) async fn set_role<P: Right<Of: Membership>>(
    tx: &mut Tx,
    granted: &Granted<P>,
    user_id: UserId,
    role: <P::Of as Place>::Role,
    action: Action,
) -> Result<Done<()>> {
    let of = granted.of();
    let member = find(tx, of, user_id).await?.ok_or(Problem::NotFound)?;
    if member.role == role {
        return Ok(Done::unchanged(()));
    }
    keep_an_owner(tx, of, user_id, &member).await?;
    let [before, after] = [member.role, role].map(|role| role.into().as_str());
    let set = sqlx::query(<P::Of as Membership>::SET_ROLE).bind(of.to_string()).bind(user_id.to_string());
    set.bind(after).execute(tx).await?;
    let details = member.details(json!({ "before": before, "after": after }));
    Ok(Done::noted((), action, granted.subject().to(user_id).with(details)))
}

/// Ends what somebody is. That an owner stays was seen to before.
pub(crate) async fn delete<P: Right<Of: Membership>>(
    tx: &mut Tx,
    granted: &Granted<P>,
    user_id: UserId,
    member: &Kept<<P::Of as Place>::Role>,
    action: Action,
) -> Result<Done<()>> {
    let delete = sqlx::query(<P::Of as Membership>::DELETE);
    let deleted = delete.bind(granted.of().to_string()).bind(user_id.to_string()).execute(tx).await?;
    debug_assert!(deleted.changed());
    let details = member.details(json!({ "before": member.role.into().as_str() }));
    Ok(Done::noted((), action, granted.subject().to(user_id).with(details)))
}
