//! The rows of backups.

use crate::{
    Error, Result, Services,
    db::{Tx, count, parse},
    directory::json,
    indexes::json as to_json,
    vectors::NodeId,
};
use conifer_domain::{
    Problem,
    backups::{Backup, BackupKind, BackupState},
    ids::{BackupId, BackupScheduleId, IndexId, ProjectId},
    indexes::{Deployment, Tags, Vectors},
    limits::BACKUPS_MAX,
};
use conifer_engine::SnapshotName;

/// What every statement that reads backups selects.
macro_rules! select_backups {
    ($rest:literal) => {
        concat!(
            "SELECT id, project_id, kind, name, description, index_id, index_name, index_deleted_at, schedule_id, vectors,
                 deployment, tags, node_id, state, records, namespaces, size_bytes, created_at FROM backups ",
            $rest
        )
    };
}
pub(super) use select_backups;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    project_id: String,
    kind: String,
    name: Option<String>,
    description: Option<String>,
    index_id: String,
    index_name: String,
    index_deleted_at: Option<i64>,
    schedule_id: Option<String>,
    vectors: String,
    deployment: String,
    tags: String,
    pub(super) node_id: String,
    state: String,
    records: i64,
    namespaces: i64,
    size_bytes: i64,
    pub(super) created_at: i64,
}

impl Row {
    pub(super) fn read(self) -> Result<Backup> {
        Ok(Backup {
            id: parse(&self.id)?,
            project_id: parse(&self.project_id)?,
            kind: kind(&self.kind)?,
            name: self.name,
            description: self.description,
            index_id: parse(&self.index_id)?,
            index_name: self.index_name,
            index_deleted_at_ms: self.index_deleted_at,
            schedule_id: self.schedule_id.as_deref().map(parse).transpose()?,
            vectors: json(&self.vectors)?,
            deployment: json(&self.deployment)?,
            tags: json(&self.tags)?,
            state: state(&self.state)?,
            records: count(self.records),
            namespaces: count(self.namespaces),
            size_bytes: count(self.size_bytes),
            created_at_ms: self.created_at,
        })
    }
}

fn kind(word: &str) -> Result<BackupKind> {
    match word {
        "backup" => Ok(BackupKind::Backup),
        "collection" => Ok(BackupKind::Collection),
        _ => Err(Error::internal("a backup of no known kind")),
    }
}

fn state(word: &str) -> Result<BackupState> {
    match word {
        "making" => Ok(BackupState::Making),
        "ready" => Ok(BackupState::Ready),
        "failed" => Ok(BackupState::Failed),
        "deleting" => Ok(BackupState::Deleting),
        _ => Err(Error::internal("a backup in no known state")),
    }
}

/// A row to be.
#[derive(Clone, Debug)]
pub(super) struct New {
    pub(super) id: BackupId,
    pub(super) kind: BackupKind,
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) schedule_id: Option<BackupScheduleId>,
    pub(super) node: NodeId,
    pub(super) expires_at_ms: Option<i64>,
}

/// The index that is to be backed up, as its row has it.
pub(super) struct Of {
    pub(super) project_id: ProjectId,
    pub(super) id: IndexId,
    pub(super) name: String,
    pub(super) vectors: Vectors,
    pub(super) deployment: Deployment,
    pub(super) tags: Tags,
}

/// `Taken` for a collection's name that another has.
pub(super) async fn insert(tx: &mut Tx, new: &New, of: &Of, now_ms: i64) -> Result<()> {
    let backups: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM backups WHERE project_id = $1")
        .bind(of.project_id.to_string())
        .fetch_one(&mut *tx)
        .await?;
    if backups >= BACKUPS_MAX {
        return Err(Problem::BackupsFull { backups_max: BACKUPS_MAX }.into());
    }
    let is_collection = new.kind == BackupKind::Collection;
    sqlx::query(
        "INSERT INTO backups (id, project_id, kind, name, collection, description, index_id, index_name, schedule_id,
             vectors, deployment, tags, node_id, state, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'making', $14, $15)",
    )
    .bind(new.id.to_string())
    .bind(of.project_id.to_string())
    .bind(if is_collection { "collection" } else { "backup" })
    .bind(new.name.clone())
    .bind(new.name.clone().filter(|_| is_collection))
    .bind(new.description.clone())
    .bind(of.id.to_string())
    .bind(of.name.clone())
    .bind(new.schedule_id.map(|id| id.to_string()))
    .bind(to_json(&of.vectors)?)
    .bind(to_json(&of.deployment)?)
    .bind(to_json(&of.tags)?)
    .bind(new.node.to_string())
    .bind(now_ms)
    .bind(new.expires_at_ms)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn by_id(services: &Services, id: BackupId) -> Result<Option<Row>> {
    let row =
        sqlx::query_as(select_backups!("WHERE project_id IS NOT NULL AND id = $1")).bind(id.to_string());
    Ok(row.fetch_optional(services.db().pool()).await?)
}

/// The engine's names of snapshots are ids.
pub(super) fn snapshot(id: BackupId) -> Result<SnapshotName> {
    SnapshotName::new(&id.to_string()).map_err(Error::internal)
}
