//! Indexes made from backups.

use super::read;
use crate::{
    Origin, Result, Services,
    authorize::{Granted, Principal, authorize},
    db::{self, Changed, Select, Tx, after, parse},
    directory::Entry,
    indexes::{self, Source},
    pods,
};
use conifer_domain::{
    Field, Problem, Rule,
    backups::{Backup, BackupState, RestoreJob, RestoreState},
    ids::{BackupId, IndexId, ProjectId, RestoreJobId},
    indexes::{IndexName, NewIndex, ReadCapacity, Tags},
    paging::{Page, Paging},
    permissions::may,
};
use std::sync::Arc;

/// What the new index is to be like; it holds what the backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub name: IndexName,
    /// In place of those of the index that the backup is of.
    pub tags: Option<Tags>,
    pub deletion_protection: bool,
    pub read_capacity: Option<ReadCapacity>,
}

/// It is ready when this returns, as segments are shared and not copied.
pub async fn restore(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: BackupId,
    wanted: Restored,
) -> Result<(RestoreJob, Arc<Entry>)> {
    let granted = authorize::<may::ViewBackups>(services, origin, who, project_id).await?;
    let backup = read::get(services, &granted, id).await?;
    let mut deployment = backup.deployment.clone();
    if let Some(wanted) = wanted.read_capacity {
        let capacity = deployment.read_capacity_mut();
        *capacity.ok_or(Problem::invalid(Field::ReadCapacity, Rule::OtherDeployment))? = wanted;
    }
    let new = NewIndex {
        name: wanted.name,
        vectors: backup.vectors,
        deployment,
        tags: wanted.tags.map_or_else(|| backup.tags.clone(), Tags::kept),
        deletion_protection: wanted.deletion_protection,
    };
    let entry = make(services, origin, who, project_id, new, &backup).await?;
    let job = job_of(services, entry.id).await?.ok_or(Problem::NotFound)?;
    Ok((job, entry))
}

/// An index that is asked for with a collection to begin with.
pub(crate) async fn from_collection(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    new: NewIndex,
    collection: &str,
) -> Result<Arc<Entry>> {
    let granted = authorize::<may::ViewBackups>(services, origin, who, project_id).await?;
    let backup = read::get_collection(services, &granted, collection).await?;
    if backup.vectors != new.vectors {
        return Err(Problem::invalid(Field::SourceCollection, Rule::OtherVectors).into());
    }
    pods::check_fits(services, &new, backup.records)?;
    make(services, origin, who, project_id, new, &backup).await
}

async fn make(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    new: NewIndex,
    backup: &Backup,
) -> Result<Arc<Entry>> {
    if backup.state != BackupState::Ready {
        return Err(Problem::Conflict.into());
    }
    let source = Source::Backup { id: backup.id, index_name: backup.index_name.clone() };
    indexes::make(services, origin, who, project_id, new, source).await
}

/// In the transaction that begins to make an index of it: from here to the end of the job it is not deleted. `NotFound`
/// when that was begun before.
pub(crate) async fn hold(tx: &mut Tx, id: BackupId) -> Result<()> {
    let hold = sqlx::query("UPDATE backups SET state = state WHERE id = $1 AND state = 'ready'")
        .bind(id.to_string());
    if hold.execute(tx).await?.changed() { Ok(()) } else { Err(Problem::NotFound.into()) }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    backup_id: String,
    source_name: String,
    index_id: String,
    index_name: String,
    state: String,
    created_at: i64,
    completed_at: Option<i64>,
}

const SELECT: &str =
    "SELECT id, backup_id, source_name, index_id, index_name, state, created_at, completed_at
     FROM restore_jobs WHERE project_id =";

/// Newest first.
pub async fn jobs(
    services: &Services,
    granted: &Granted<may::ViewBackups>,
    paging: &Paging,
) -> Result<Page<RestoreJob>> {
    let mut select = Select::new(SELECT)
        .bind(granted.of().to_string())
        .among("source_name", granted.indexes())
        .among("index_name", granted.indexes());
    if let Some((at, id)) = after::<read::Key>(paging)? {
        select = select.push("AND (created_at, id) < (").bind(at).push(",").bind(id).push(")");
    }
    let limit = i64::from(paging.length()) + 1;
    let rows: Vec<Row> =
        select.push("ORDER BY created_at DESC, id DESC LIMIT").bind(limit).fetch(services.db()).await?;
    db::page(rows, paging, |row| (row.created_at, row.id.clone()), Row::read)
}

pub async fn get_job(
    services: &Services,
    granted: &Granted<may::ViewBackups>,
    id: RestoreJobId,
) -> Result<RestoreJob> {
    let select = Select::new(SELECT).bind(granted.of().to_string()).push("AND id =").bind(id.to_string());
    let rows: Vec<Row> = select.fetch(services.db()).await?;
    rows.into_iter().find(|row| is_seen(granted, row)).ok_or(Problem::NotFound)?.read()
}

async fn job_of(services: &Services, index_id: IndexId) -> Result<Option<RestoreJob>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, backup_id, source_name, index_id, index_name, state, created_at, completed_at
         FROM restore_jobs WHERE index_id = $1",
    )
    .bind(index_id.to_string())
    .fetch_optional(services.db().pool())
    .await?;
    row.map(Row::read).transpose()
}

/// Whoever may not know of either index may not know of the job.
fn is_seen(granted: &Granted<may::ViewBackups>, row: &Row) -> bool {
    granted.sees_index(&row.source_name) && granted.sees_index(&row.index_name)
}

impl Row {
    fn read(self) -> Result<RestoreJob> {
        let state = match self.state.as_str() {
            "completed" => RestoreState::Completed,
            "failed" => RestoreState::Failed,
            _ => RestoreState::Pending,
        };
        Ok(RestoreJob {
            id: parse(&self.id)?,
            backup_id: parse(&self.backup_id)?,
            index_id: parse(&self.index_id)?,
            index_name: self.index_name,
            state,
            created_at_ms: self.created_at,
            completed_at_ms: self.completed_at,
        })
    }
}
