//! The rows of indexes.

use super::{Source, given};
use crate::{
    Error, Result,
    db::{Changed, Tx},
    indexes::Ports,
    pods,
    vectors::NodeId,
};
use conifer_domain::{
    Problem,
    ids::{BackupId, IndexId, ProjectId, RestoreJobId},
    indexes::NewIndex,
    limits::INDEXES_MAX,
};
use serde::Serialize;
use std::sync::Arc;

/// Tells servers on the same database that indexes changed.
pub(crate) async fn bump(tx: &mut Tx) -> Result<()> {
    sqlx::query("UPDATE directory SET revision = revision + 1").execute(tx).await?;
    Ok(())
}

/// A row to be.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(super) id: IndexId,
    pub(super) new: NewIndex,
    pub(super) node: NodeId,
    pub(super) ports: Option<Arc<dyn Ports>>,
    pub(super) source: Source,
    /// For the job that it is, when it is made from a backup.
    pub(super) job_id: RestoreJobId,
}

/// `Taken` when the project has an index of that name.
pub(super) async fn insert(tx: &mut Tx, project_id: ProjectId, row: &Row, now_ms: i64) -> Result<()> {
    let indexes: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM indexes WHERE project_id = $1")
        .bind(project_id.to_string())
        .fetch_one(&mut *tx)
        .await?;
    if indexes >= INDEXES_MAX {
        return Err(Problem::IndexesFull { indexes_max: INDEXES_MAX }.into());
    }
    pods::check(tx, project_id, row.new.deployment.pods(), 0).await?;
    let port = given::free_port(tx, row.node, row.ports.as_deref()).await?;
    sqlx::query(
        "INSERT INTO indexes (id, project_id, name, vectors, deployment, tags, deletion_protection, port, node_id,
             state, restored_from, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'making', $10, $11)",
    )
    .bind(row.id.to_string())
    .bind(project_id.to_string())
    .bind(row.new.name.as_str())
    .bind(json(&row.new.vectors)?)
    .bind(json(&row.new.deployment)?)
    .bind(json(&row.new.tags.clone().kept())?)
    .bind(i64::from(row.new.deletion_protection))
    .bind(port.map(i64::from))
    .bind(row.node.to_string())
    .bind(row.source.backup().map(|id| id.to_string()))
    .bind(now_ms)
    .execute(&mut *tx)
    .await?;
    if let Source::Backup { id, index_name } = &row.source {
        insert_job(tx, project_id, row, (*id, index_name), now_ms).await?;
    }
    bump(tx).await
}

async fn insert_job(
    tx: &mut Tx,
    project_id: ProjectId,
    row: &Row,
    (backup_id, source_name): (BackupId, &str),
    now_ms: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO restore_jobs (id, project_id, backup_id, source_name, index_id, index_name, state, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7)",
    )
    .bind(row.job_id.to_string())
    .bind(project_id.to_string())
    .bind(backup_id.to_string())
    .bind(source_name.to_owned())
    .bind(row.id.to_string())
    .bind(row.new.name.as_str())
    .bind(now_ms)
    .execute(tx)
    .await?;
    Ok(())
}

/// For an index that is made from a backup: it is there.
pub(super) async fn complete_job(tx: &mut Tx, id: IndexId, now_ms: i64) -> Result<()> {
    let set = "UPDATE restore_jobs SET state = 'completed', completed_at = $2 WHERE index_id = $1";
    sqlx::query(set).bind(id.to_string()).bind(now_ms).execute(tx).await?;
    Ok(())
}

/// Whether it was still there to become so.
pub(super) async fn set_state(tx: &mut Tx, id: IndexId, before: &str, state: &str) -> Result<bool> {
    let set = sqlx::query("UPDATE indexes SET state = $3 WHERE id = $1 AND state = $2");
    let set = set.bind(id.to_string()).bind(before.to_owned()).bind(state.to_owned());
    let changed = set.execute(&mut *tx).await?.changed();
    bump(tx).await?;
    Ok(changed)
}

pub(super) async fn remove(tx: &mut Tx, id: IndexId) -> Result<()> {
    let gone: Option<(String, Option<i64>)> =
        sqlx::query_as("DELETE FROM indexes WHERE id = $1 RETURNING node_id, port")
            .bind(id.to_string())
            .fetch_optional(&mut *tx)
            .await?;
    if let Some((node, Some(port))) = gone {
        given::note_turn(tx, &node, port).await?;
    }
    let job = "UPDATE restore_jobs SET state = 'failed' WHERE index_id = $1 AND state = 'pending'";
    sqlx::query(job).bind(id.to_string()).execute(&mut *tx).await?;
    bump(tx).await
}

pub(crate) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}
