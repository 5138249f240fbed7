//! Projects: what members, keys and indexes belong to.

mod change;
mod page;
mod read;

use crate::{Result, authorize::Author, db::Tx, members, service_accounts};
pub use change::{create, delete, delete_empty, rename};
use conifer_domain::{
    Name,
    ids::{OrganizationId, ProjectId},
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
    owner: Author,
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
    let role = ProjectRole::Owner;
    match owner {
        Author::Person(owner) => members::insert(tx, id, organization_id, owner, role, now_ms).await,
        Author::ServiceAccount(owner) => {
            service_accounts::enter(tx, owner, id, organization_id, role, now_ms).await
        }
    }
}
