//! The rows of imports.

use super::files::File;
use crate::{
    Result, Services,
    db::{Changed, Tx, count, parse},
    directory::json,
    indexes::json as to_json,
    vectors::NodeId,
};
use conifer_domain::{
    ids::{ImportId, IndexId},
    imports::{Import, ImportState, OnError, Refusal},
    uploads::Reading,
};

/// How many refused rows of an import are remembered.
const REFUSALS_MAX: i64 = 10_000;
const REASON_MAX_CHARS: usize = 500;

/// What every statement that reads imports selects.
macro_rules! select_imports {
    ($rest:literal) => {
        concat!(
            "SELECT id, index_id, uri, on_error, state, bytes, bytes_done, records, refused, error, created_at, finished_at,
                 paused_at
             FROM imports ",
            $rest
        )
    };
}
pub(super) use select_imports;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    index_id: String,
    uri: String,
    on_error: String,
    state: String,
    bytes: i64,
    bytes_done: i64,
    records: i64,
    refused: i64,
    error: Option<String>,
    pub(super) created_at: i64,
    finished_at: Option<i64>,
    paused_at: Option<i64>,
}

impl Row {
    pub(super) fn read(self) -> Result<Import> {
        let state: ImportState = parse(&self.state)?;
        #[allow(clippy::cast_precision_loss)]
        let percent = match state {
            ImportState::Completed => 100.0,
            _ => (100.0 * self.bytes_done as f64 / self.bytes.max(1) as f64).min(100.0),
        };
        Ok(Import {
            id: parse(&self.id)?,
            index_id: parse(&self.index_id)?,
            uri: self.uri,
            on_error: parse(&self.on_error)?,
            state,
            is_paused: self.paused_at.is_some() && !state.is_over(),
            percent,
            bytes: count(self.bytes),
            bytes_done: count(self.bytes_done),
            records: count(self.records),
            refused: count(self.refused),
            refusals: Vec::new(),
            error: self.error,
            created_at_ms: self.created_at,
            finished_at_ms: self.finished_at,
        })
    }
}

/// A row to be.
pub(super) struct New {
    pub(super) id: ImportId,
    pub(super) node: NodeId,
    pub(super) uri: String,
    pub(super) on_error: OnError,
    pub(super) files: Vec<File>,
    /// Of an upload.
    pub(super) reading: Option<Reading>,
    pub(super) ids: Option<File>,
}

pub(super) async fn insert(tx: &mut Tx, new: &New, index_id: IndexId, now_ms: i64) -> Result<()> {
    let bytes: u64 = new.files.iter().map(|file| file.bytes).sum();
    sqlx::query(
        "INSERT INTO imports (id, index_id, node_id, uri, on_error, state, files, bytes, created_at, reading, ids_file)
         VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $8, $9, $10)",
    )
    .bind(new.id.to_string())
    .bind(index_id.to_string())
    .bind(new.node.to_string())
    .bind(new.uri.clone())
    .bind(new.on_error.as_str())
    .bind(to_json(&new.files)?)
    .bind(i64::try_from(bytes).unwrap_or(i64::MAX))
    .bind(now_ms)
    .bind(new.reading.as_ref().map(to_json).transpose()?)
    .bind(new.ids.as_ref().map(to_json).transpose()?)
    .execute(tx)
    .await?;
    Ok(())
}

/// What is over stays as it is. A pause ends with none.
pub(super) async fn pause(
    tx: &mut Tx,
    id: ImportId,
    index_id: IndexId,
    since_ms: Option<i64>,
) -> Result<bool> {
    let set = sqlx::query(
        "UPDATE imports SET paused_at = $3 WHERE id = $1 AND index_id = $2 AND state IN ('pending', 'in-progress')",
    );
    Ok(set.bind(id.to_string()).bind(index_id.to_string()).bind(since_ms).execute(tx).await?.changed())
}

/// Nothing that is over is cancelled.
pub(super) async fn cancel(tx: &mut Tx, id: ImportId, index_id: IndexId, now_ms: i64) -> Result<bool> {
    let set = sqlx::query(
        "UPDATE imports SET state = 'cancelled', finished_at = $3
         WHERE id = $1 AND index_id = $2 AND state IN ('pending', 'in-progress')",
    );
    let set = set.bind(id.to_string()).bind(index_id.to_string()).bind(now_ms);
    Ok(set.execute(tx).await?.changed())
}

/// An import that this server has begun or is to begin, and how far it is.
pub(super) struct Job {
    pub(super) id: ImportId,
    pub(super) index_id: IndexId,
    pub(super) uri: String,
    pub(super) on_error: OnError,
    pub(super) files: Vec<File>,
    pub(super) reading: Option<Reading>,
    pub(super) ids: Option<File>,
    pub(super) progress: Progress,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) files: usize,
    pub(super) rows: u64,
    pub(super) bytes: u64,
    pub(super) records: u64,
    pub(super) refused: u64,
}

#[derive(sqlx::FromRow)]
struct JobRow {
    id: String,
    index_id: String,
    uri: String,
    on_error: String,
    files: String,
    reading: Option<String>,
    ids_file: Option<String>,
    files_done: i64,
    rows_done: i64,
    bytes_done: i64,
    records: i64,
    refused: i64,
}

/// The oldest that is not paused; one that had begun before a stop is older than those that wait.
pub(super) async fn next(services: &Services) -> Result<Option<Job>> {
    let row: Option<JobRow> = sqlx::query_as(
        "SELECT id, index_id, uri, on_error, files, reading, ids_file, files_done, rows_done, bytes_done, records, refused
         FROM imports WHERE node_id = $1 AND state IN ('pending', 'in-progress') AND paused_at IS NULL
         ORDER BY created_at, id LIMIT 1",
    )
    .bind(services.vectors().node().to_string())
    .fetch_optional(services.db().pool())
    .await?;
    row.map(JobRow::read).transpose()
}

impl JobRow {
    fn read(self) -> Result<Job> {
        Ok(Job {
            id: parse(&self.id)?,
            index_id: parse(&self.index_id)?,
            uri: self.uri,
            on_error: parse(&self.on_error)?,
            files: json(&self.files)?,
            reading: self.reading.as_deref().map(json).transpose()?,
            ids: self.ids_file.as_deref().map(json).transpose()?,
            progress: Progress {
                files: usize::try_from(self.files_done).unwrap_or(0),
                rows: count(self.rows_done),
                bytes: count(self.bytes_done),
                records: count(self.records),
                refused: count(self.refused),
            },
        })
    }
}

/// Whether it is still to be done: nobody cancelled or paused it, and its index is there. What was written until then
/// is told in any case.
pub(super) async fn note(
    services: &Services,
    id: ImportId,
    progress: Progress,
    refusals: Vec<Refusal>,
) -> Result<bool> {
    let note = services.db().write((id, progress, refusals), |tx, (id, progress, refusals)| {
        Box::pin(async move {
            let Some(goes_on) = set_progress(tx, *id, *progress).await? else { return Ok(false) };
            let first = i64::try_from(progress.refused).unwrap_or(i64::MAX) - refusals.len() as i64;
            for (number, refusal) in (first..REFUSALS_MAX).zip(refusals) {
                insert_refusal(tx, *id, number, refusal).await?;
            }
            Ok(goes_on)
        })
    });
    note.await
}

/// None when there is no such import any more, or it is over without having been cancelled.
async fn set_progress(tx: &mut Tx, id: ImportId, progress: Progress) -> Result<Option<bool>> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let set = sqlx::query_as(
        "UPDATE imports SET state = CASE state WHEN 'pending' THEN 'in-progress' ELSE state END, files_done = $2,
             rows_done = $3, bytes_done = $4, records = $5, refused = $6
         WHERE id = $1 AND state IN ('pending', 'in-progress', 'cancelled') RETURNING state, paused_at",
    )
    .bind(id.to_string())
    .bind(number(progress.files as u64))
    .bind(number(progress.rows))
    .bind(number(progress.bytes))
    .bind(number(progress.records))
    .bind(number(progress.refused));
    let row: Option<(String, Option<i64>)> = set.fetch_optional(tx).await?;
    Ok(row.map(|(state, paused_at)| state == ImportState::InProgress.as_str() && paused_at.is_none()))
}

async fn insert_refusal(tx: &mut Tx, id: ImportId, number: i64, refusal: &Refusal) -> Result<()> {
    sqlx::query(
        "INSERT INTO import_refusals (import_id, number, file, line, reason) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id.to_string())
    .bind(number)
    .bind(refusal.file.clone())
    .bind(refusal.row.and_then(|row| i64::try_from(row).ok()))
    .bind(shown(&refusal.reason))
    .execute(tx)
    .await?;
    Ok(())
}

/// A reason may quote what a file holds, and PostgreSQL takes no text with this in it.
pub(super) fn shown(reason: &str) -> String {
    reason.chars().filter(|c| *c != '\0').take(REASON_MAX_CHARS).collect()
}

/// Says what came of it, unless somebody cancelled it before.
pub(super) async fn finish(services: &Services, id: ImportId, error: Option<String>) -> Result<()> {
    let data = (id, error.map(|error| shown(&error)), services.clock().now_ms());
    let done = services.db().write(data, |tx, (id, error, now_ms)| {
        Box::pin(async move {
            let state = if error.is_some() { ImportState::Failed } else { ImportState::Completed };
            sqlx::query(
                "UPDATE imports SET state = $2, error = $3, finished_at = $4
                 WHERE id = $1 AND state IN ('pending', 'in-progress')",
            )
            .bind(id.to_string())
            .bind(state.as_str())
            .bind(error.clone())
            .bind(*now_ms)
            .execute(tx)
            .await?;
            Ok(())
        })
    });
    done.await
}
