//! Projects: what members, keys and indexes belong to.

mod change;
mod page;
mod read;

use crate::{Result, db::Tx, members};
pub use change::{create, delete, rename};
use conifer_domain::{
    Name,
    ids::{OrganizationId, ProjectId, UserId},
    projects::ProjectRole,
};
pub use page::page;
pub use read::{contents, get};

/// A new project with its first owner, who is in the organization. `Taken` when it has one of that name.
pub(crate) async fn insert(
    tx: &mut Tx,
    id: ProjectId,
    organization_id: OrganizationId,
    name: &Name,
    owner: UserId,
    now_ms: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO projects (id, organization_id, name, name_key, created_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id.to_string())
    .bind(organization_id.to_string())
    .bind(name.as_str())
    .bind(name.key())
    .bind(now_ms)
    .execute(&mut *tx)
    .await?;
    members::insert(tx, id, organization_id, owner, ProjectRole::Owner, now_ms).await
}
