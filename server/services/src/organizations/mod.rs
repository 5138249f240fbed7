//! Organizations: what people and projects belong to.

mod change;
pub mod members;
mod read;

use crate::{Result, db::Tx};
pub use change::{create, delete, rename};
use conifer_domain::{
    Name,
    ids::{OrganizationId, UserId},
    organizations::OrganizationRole,
};
pub use read::get;

/// A new organization with its first owner.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: OrganizationId,
    name: &Name,
    owner: UserId,
    now_ms: i64,
) -> Result<()> {
    sqlx::query("INSERT INTO organizations (id, name, created_at) VALUES ($1, $2, $3)")
        .bind(id.to_string())
        .bind(name.as_str())
        .bind(now_ms)
        .execute(&mut *tx)
        .await?;
    insert_member(tx, id, owner, OrganizationRole::Owner, now_ms).await
}

/// Lets somebody in. Who is in already rises from member to what they are let in as, and else keeps their role.
pub(crate) async fn insert_member(
    tx: &mut Tx,
    id: OrganizationId,
    user_id: UserId,
    role: OrganizationRole,
    now_ms: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO organization_members (organization_id, user_id, role, created_at)
         VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id, user_id)
             DO UPDATE SET role = excluded.role WHERE organization_members.role = 'member'",
    )
    .bind(id.to_string())
    .bind(user_id.to_string())
    .bind(role.as_str())
    .bind(now_ms)
    .execute(tx)
    .await?;
    Ok(())
}
