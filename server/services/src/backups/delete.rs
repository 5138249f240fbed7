//! Deleting a backup.

use super::{row::select_backups, upkeep};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal},
    db::Tx,
    vectors::NodeId,
};
use conifer_domain::{
    Problem,
    ids::{BackupId, ProjectId},
    permissions::may,
};
use serde_json::json;

/// Which one.
enum Wanted {
    Backup(BackupId, NodeId),
    Collection(String, NodeId),
}

/// It is gone when this returns. Indexes made from it stay.
pub async fn delete(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: BackupId,
) -> Result<()> {
    remove(services, origin, who, project_id, Wanted::Backup(id, services.vectors().node())).await
}

pub async fn delete_collection(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    name: &str,
) -> Result<()> {
    // No name of ours has it, and PostgreSQL takes none that has.
    let name = name.replace('\0', "?");
    remove(services, origin, who, project_id, Wanted::Collection(name, services.vectors().node())).await
}

async fn remove(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    wanted: Wanted,
) -> Result<()> {
    let mark = services
        .change(origin, who, project_id, wanted, |tx, granted, wanted| Box::pin(mark(tx, granted, wanted)));
    let id = mark.await?;
    let services = services.clone();
    services.clone().to_its_end(async move { upkeep::drop_backup(&services, id).await }).await
}

async fn mark(tx: &mut Tx, granted: &Granted<may::DeleteBackups>, wanted: &Wanted) -> Result<Done<BackupId>> {
    let project = granted.of().to_string();
    let (row, node): (Option<super::row::Row>, _) = match wanted {
        Wanted::Backup(id, node) => {
            let sql = select_backups!(
                "WHERE project_id = $1 AND kind = 'backup' AND id = $2 AND state <> 'deleting'"
            );
            (sqlx::query_as(sql).bind(project).bind(id.to_string()).fetch_optional(&mut *tx).await?, node)
        }
        Wanted::Collection(name, node) => {
            let sql = select_backups!("WHERE project_id = $1 AND collection = $2 AND state <> 'deleting'");
            (sqlx::query_as(sql).bind(project).bind(name.clone()).fetch_optional(&mut *tx).await?, node)
        }
    };
    let row = row.ok_or(Problem::NotFound)?;
    let is_elsewhere = row.node_id != node.to_string();
    let backup = row.read()?;
    if !granted.sees_index(&backup.index_name) {
        return Err(Problem::NotFound.into());
    }
    if is_elsewhere {
        return Err(Problem::Elsewhere.into());
    }
    check_unused(tx, backup.id).await?;
    // A collection's name is free from here on.
    sqlx::query("UPDATE backups SET state = 'deleting', collection = NULL WHERE id = $1")
        .bind(backup.id.to_string())
        .execute(tx)
        .await?;
    let name = backup.name.as_ref().unwrap_or(&backup.index_name);
    let details = json!({ "name": name, "index": backup.index_name });
    Ok(Done::noted(backup.id, Action::BackupDeleted, granted.subject().to(backup.id).with(details)))
}

/// `BackupInUse` while an index is made from it.
async fn check_unused(tx: &mut Tx, id: BackupId) -> Result<()> {
    let jobs: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM restore_jobs WHERE backup_id = $1 AND state = 'pending'")
            .bind(id.to_string())
            .fetch_one(tx)
            .await?;
    if jobs > 0 { Err(Problem::BackupInUse.into()) } else { Ok(()) }
}
