//! Backups that are made by themselves: daily, say, each kept for a week.

use super::{read, row::select_backups};
use crate::{
    Error, Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal, authorize},
    db::{self, Select, Tx, after, new_id, parse},
};
use conifer_domain::{
    Field, Problem, Rule,
    backups::{Backup, BackupSchedule, Frequency, NewSchedule, Retention, ScheduleChange},
    ids::{BackupScheduleId, IndexId, ProjectId},
    indexes::Deployment,
    limits::{DAY_MS, SCHEDULES_MAX},
    paging::{Page, Paging},
    permissions::may,
};
use serde_json::json;

/// What every statement that reads schedules selects.
const SELECT: &str =
    "SELECT s.id, s.project_id, s.index_id, i.name AS index_name, s.name, s.frequency, s.retention_days,
         s.enabled_for, s.next_run_at, s.created_at
     FROM backup_schedules s JOIN indexes i ON i.id = s.index_id WHERE s.project_id =";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    project_id: String,
    index_id: String,
    index_name: String,
    name: String,
    frequency: String,
    retention_days: i64,
    enabled_for: Option<String>,
    next_run_at: Option<i64>,
    created_at: i64,
}

impl Row {
    fn read(self) -> Result<BackupSchedule> {
        Ok(BackupSchedule {
            id: parse(&self.id)?,
            project_id: parse(&self.project_id)?,
            index_id: parse(&self.index_id)?,
            index_name: self.index_name,
            name: self.name,
            frequency: parse(&self.frequency)?,
            retention: Retention::days(self.retention_days)?,
            enabled: self.enabled_for.is_some(),
            next_run_at_ms: self.next_run_at,
            created_at_ms: self.created_at,
        })
    }
}

/// It is enabled at once: the first backup is made after one period. An index has one enabled schedule.
pub async fn create(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    new: NewSchedule,
) -> Result<BackupSchedule> {
    let id: BackupScheduleId = new_id();
    let insert = services.change(origin, who, index_id, (id, new), |tx, granted, (id, new)| {
        Box::pin(insert(tx, granted, *id, new))
    });
    let project_id = insert.await?;
    found(services, project_id, id).await?.ok_or_else(|| Problem::NotFound.into())
}

async fn insert(
    tx: &mut Tx,
    granted: &Granted<may::CreateBackups>,
    id: BackupScheduleId,
    new: &NewSchedule,
) -> Result<Done<ProjectId>> {
    let index_id = granted.of();
    check_serverless(tx, index_id).await?;
    check_none_enabled(tx, index_id).await?;
    check_room(tx, index_id).await?;
    let project_id = granted.project_id().ok_or(Problem::NotFound)?;
    sqlx::query(
        "INSERT INTO backup_schedules
             (id, project_id, index_id, name, frequency, retention_days, enabled_for, next_run_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $3, $7, $8)",
    )
    .bind(id.to_string())
    .bind(project_id.to_string())
    .bind(index_id.to_string())
    .bind(new.name.clone())
    .bind(new.frequency.as_str())
    .bind(i64::from(new.retention.in_days()))
    .bind(granted.at_ms() + new.frequency.period_ms())
    .bind(granted.at_ms())
    .execute(tx)
    .await?;
    let details = json!({ "name": new.name, "frequency": new.frequency, "retention_days": new.retention });
    Ok(Done::noted(project_id, Action::ScheduleCreated, granted.subject().to(id).with(details)))
}

async fn check_serverless(tx: &mut Tx, index_id: IndexId) -> Result<()> {
    let deployment: String = sqlx::query_scalar("SELECT deployment FROM indexes WHERE id = $1")
        .bind(index_id.to_string())
        .fetch_one(tx)
        .await?;
    let deployment: Deployment = crate::directory::json(&deployment)?;
    if deployment.is_pod() {
        Err(Problem::invalid(Field::Schedule, Rule::OtherDeployment).into())
    } else {
        Ok(())
    }
}

async fn check_none_enabled(tx: &mut Tx, index_id: IndexId) -> Result<()> {
    let enabled: Option<String> =
        sqlx::query_scalar("SELECT name FROM backup_schedules WHERE enabled_for = $1")
            .bind(index_id.to_string())
            .fetch_optional(tx)
            .await?;
    enabled.map_or(Ok(()), |name| Err(Error::Exists { what: "enabled schedule", name }))
}

async fn check_room(tx: &mut Tx, index_id: IndexId) -> Result<()> {
    let schedules: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM backup_schedules WHERE index_id = $1")
        .bind(index_id.to_string())
        .fetch_one(tx)
        .await?;
    if schedules >= SCHEDULES_MAX {
        let found = schedules + 1;
        return Err(
            Problem::invalid(Field::Schedule, Rule::Range { min: 0, max: SCHEDULES_MAX, found }).into()
        );
    }
    Ok(())
}

/// Of one index, or of all that the asker may know of; newest first.
pub async fn list(
    services: &Services,
    granted: &Granted<may::ViewBackups>,
    index_id: Option<IndexId>,
    paging: &Paging,
) -> Result<Page<BackupSchedule>> {
    let mut select = Select::new(SELECT)
        .bind(granted.of().to_string())
        .also("AND s.index_id =", index_id.map(|id| id.to_string()))
        .among("i.name", granted.indexes());
    if let Some((at, id)) = after::<read::Key>(paging)? {
        select = select.push("AND (s.created_at, s.id) < (").bind(at).push(",").bind(id).push(")");
    }
    let limit = i64::from(paging.length()) + 1;
    let rows: Vec<Row> =
        select.push("ORDER BY s.created_at DESC, s.id DESC LIMIT").bind(limit).fetch(services.db()).await?;
    db::page(rows, paging, |row| (row.created_at, row.id.clone()), Row::read)
}

pub async fn get(
    services: &Services,
    granted: &Granted<may::ViewBackups>,
    id: BackupScheduleId,
) -> Result<BackupSchedule> {
    let schedule = found(services, granted.of(), id).await?;
    let seen = schedule.filter(|schedule| granted.sees_index(&schedule.index_name));
    Ok(seen.ok_or(Problem::NotFound)?)
}

async fn found(
    services: &Services,
    project_id: ProjectId,
    id: BackupScheduleId,
) -> Result<Option<BackupSchedule>> {
    let select = Select::new(SELECT).bind(project_id.to_string()).push("AND s.id =").bind(id.to_string());
    let rows: Vec<Row> = select.fetch(services.db()).await?;
    rows.into_iter().next().map(Row::read).transpose()
}

/// The backups that it made and that are still there, newest first.
pub async fn history(
    services: &Services,
    granted: &Granted<may::ViewBackups>,
    id: BackupScheduleId,
    paging: &Paging,
) -> Result<Page<Backup>> {
    get(services, granted, id).await?;
    let select = Select::new(select_backups!("WHERE state <> 'deleting' AND project_id ="))
        .bind(granted.of().to_string())
        .push("AND schedule_id =")
        .bind(id.to_string());
    read::page(services, select, paging).await
}

/// The index that a schedule of the project is for, as far as the asker may know; an id that no index has otherwise, so
/// that what follows answers both alike.
async fn index_of(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: BackupScheduleId,
) -> Result<IndexId> {
    let granted = authorize::<may::ViewBackups>(services, origin, who, project_id).await?;
    Ok(get(services, &granted, id).await?.index_id)
}

pub async fn change(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: BackupScheduleId,
    change: ScheduleChange,
) -> Result<BackupSchedule> {
    let index_id = index_of(services, origin, who, project_id, id).await?;
    let apply = services.change(origin, who, index_id, (id, change), |tx, granted, (id, change)| {
        Box::pin(apply(tx, granted, *id, *change))
    });
    apply.await?;
    found(services, project_id, id).await?.ok_or_else(|| Problem::NotFound.into())
}

async fn apply(
    tx: &mut Tx,
    granted: &Granted<may::CreateBackups>,
    id: BackupScheduleId,
    change: ScheduleChange,
) -> Result<Done<()>> {
    let row: Option<(String, String, i64, Option<i64>)> = sqlx::query_as(
        "SELECT name, frequency, retention_days, next_run_at FROM backup_schedules WHERE id = $1 AND index_id = $2",
    )
    .bind(id.to_string())
    .bind(granted.of().to_string())
    .fetch_optional(&mut *tx)
    .await?;
    let (name, frequency, days, next_run_at) = row.ok_or(Problem::NotFound)?;
    let before: Frequency = parse(&frequency)?;
    let frequency = change.frequency.unwrap_or(before);
    let days = change.retention.map_or(days, |retention| i64::from(retention.in_days()));
    let enabled = change.enabled.unwrap_or(next_run_at.is_some());
    if enabled && next_run_at.is_none() {
        check_none_enabled(tx, granted.of()).await?;
    }
    // Another rhythm begins now.
    let kept = next_run_at.filter(|_| frequency == before);
    let next_run_at = enabled.then(|| kept.unwrap_or(granted.at_ms() + frequency.period_ms()));
    sqlx::query(
        "UPDATE backup_schedules SET frequency = $2, retention_days = $3, enabled_for = $4, next_run_at = $5
         WHERE id = $1",
    )
    .bind(id.to_string())
    .bind(frequency.as_str())
    .bind(days)
    .bind(enabled.then(|| granted.of().to_string()))
    .bind(next_run_at)
    .execute(&mut *tx)
    .await?;
    // Backups that were made already are kept as long as those to come.
    sqlx::query("UPDATE backups SET expires_at = created_at + $2 WHERE schedule_id = $1")
        .bind(id.to_string())
        .bind(days * DAY_MS)
        .execute(tx)
        .await?;
    let details = json!({ "name": name, "frequency": frequency, "retention_days": days, "enabled": enabled });
    Ok(Done::noted((), Action::ScheduleChanged, granted.subject().to(id).with(details)))
}

/// The backups that it made stay as long as it said.
pub async fn delete(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: BackupScheduleId,
) -> Result<()> {
    let index_id = index_of(services, origin, who, project_id, id).await?;
    services.change(origin, who, index_id, id, |tx, granted, id| Box::pin(remove(tx, granted, *id))).await
}

async fn remove(
    tx: &mut Tx,
    granted: &Granted<may::CreateBackups>,
    id: BackupScheduleId,
) -> Result<Done<()>> {
    let name: Option<String> =
        sqlx::query_scalar("DELETE FROM backup_schedules WHERE id = $1 AND index_id = $2 RETURNING name")
            .bind(id.to_string())
            .bind(granted.of().to_string())
            .fetch_optional(tx)
            .await?;
    let details = json!({ "name": name.ok_or(Problem::NotFound)? });
    Ok(Done::noted((), Action::ScheduleDeleted, granted.subject().to(id).with(details)))
}
