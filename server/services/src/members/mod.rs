//! The people of a project. One owner always stays.

mod change;
mod kept;
mod list;
pub(crate) mod membership;

use crate::{Result, db::Tx};
pub use change::{add, change_role, leave, remove};
use conifer_domain::{
    ids::{OrganizationId, ProjectId, UserId},
    projects::ProjectRole,
};
pub(crate) use kept::Kept;
pub use list::list;
pub(crate) use list::{list_of, one_of};

/// Lets somebody of the organization in. Who is in already as a user rises to what they are let in as.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: ProjectId,
    organization_id: OrganizationId,
    user_id: UserId,
    role: ProjectRole,
    now_ms: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO project_members (project_id, organization_id, user_id, role, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (project_id, user_id)
             DO UPDATE SET role = excluded.role WHERE project_members.role = 'user'",
    )
    .bind(id.to_string())
    .bind(organization_id.to_string())
    .bind(user_id.to_string())
    .bind(role.as_str())
    .bind(now_ms)
    .execute(tx)
    .await?;
    Ok(())
}
