//! What happens by itself: schedules that are due, backups that are too old, deletions that could not be finished.

use super::{
    create,
    row::{self, New, Of},
};
use crate::{
    Result, Services,
    audit::{Actor, Subject, Trail},
    db::{Tx, new_id, parse},
};
use conifer_domain::{
    Problem,
    backups::{BackupKind, Frequency},
    ids::{BackupId, BackupScheduleId, IndexId},
    limits::DAY_MS,
};
use serde_json::json;
use time::{OffsetDateTime, macros::format_description};

/// Before anything is served: a backup that a crash left half made says that it failed.
pub(crate) async fn settle_at_start(services: &Services) -> Result<()> {
    for id in of_node(services, "making").await? {
        fail(services, id).await;
    }
    finish(services).await
}

/// To be called now and then.
pub async fn run_due(services: &Services) -> Result<()> {
    if !services.vectors().is_open() {
        return Ok(());
    }
    for due in due(services).await? {
        if let Err(error) = run(services, &due).await {
            tracing::error!(schedule = %due.id, %error, "a scheduled backup failed; the next one is made when it is due");
        }
    }
    expire(services).await?;
    finish(services).await
}

/// Drops the snapshot, then the row that tells of it.
pub(super) async fn drop_backup(services: &Services, id: BackupId) -> Result<()> {
    drop_snapshot(services, id).await?;
    let gone = services.db().write(id, |tx, id| {
        Box::pin(async move {
            sqlx::query("DELETE FROM backups WHERE id = $1").bind(id.to_string()).execute(tx).await?;
            Ok(())
        })
    });
    gone.await
}

async fn drop_snapshot(services: &Services, id: BackupId) -> Result<()> {
    let snapshot = row::snapshot(id)?;
    let gone =
        services.vectors().write("delete_backup", move |engine| match engine.drop_snapshot(&snapshot) {
            Err(conifer_engine::Error::NotFound { .. }) => Ok(()),
            outcome => outcome,
        });
    gone.await
}

/// Says of a backup that it could not be made.
pub(super) async fn fail(services: &Services, id: BackupId) {
    let failed = async {
        drop_snapshot(services, id).await?;
        let set = services.db().write(id, |tx, id| {
            Box::pin(async move {
                let set = "UPDATE backups SET state = 'failed' WHERE id = $1 AND state = 'making'";
                sqlx::query(set).bind(id.to_string()).execute(tx).await?;
                Ok(())
            })
        });
        set.await
    };
    if let Err(error) = failed.await {
        tracing::error!(backup = %id, %error, "a half made backup stays until the next start");
    }
}

async fn of_node(services: &Services, state: &'static str) -> Result<Vec<BackupId>> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM backups WHERE node_id = $1 AND state = $2")
        .bind(services.vectors().node().to_string())
        .bind(state)
        .fetch_all(services.db().pool())
        .await?;
    ids.iter().map(|id| parse(id)).collect()
}

/// Drops what was to be dropped and could not be, and what a deleted project left.
async fn finish(services: &Services) -> Result<()> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM backups WHERE node_id = $1 AND state <> 'making' AND (state = 'deleting' OR project_id IS NULL)",
    )
    .bind(services.vectors().node().to_string())
    .fetch_all(services.db().pool())
    .await?;
    for id in ids {
        let id = parse(&id)?;
        if let Err(error) = drop_backup(services, id).await {
            tracing::error!(backup = %id, %error, "a backup could not be dropped; it is tried again");
        }
    }
    Ok(())
}

async fn expire(services: &Services) -> Result<()> {
    let data = (services.vectors().node(), services.clock().now_ms());
    let old = services.db().write(data, |tx, (node, now_ms)| {
        Box::pin(async move {
            let sql = "UPDATE backups SET state = 'deleting'
                 WHERE node_id = $1 AND expires_at <= $2 AND state IN ('ready', 'failed') AND NOT EXISTS
                     (SELECT 1 FROM restore_jobs j WHERE j.backup_id = backups.id AND j.state = 'pending')";
            sqlx::query(sql).bind(node.to_string()).bind(*now_ms).execute(tx).await?;
            Ok(())
        })
    });
    old.await
}

struct Due {
    id: BackupScheduleId,
    index_id: IndexId,
    name: String,
    frequency: Frequency,
    retention_days: i64,
    run_at_ms: i64,
}

/// Schedules of indexes that lie here.
async fn due(services: &Services) -> Result<Vec<Due>> {
    let rows: Vec<(String, String, String, String, i64, i64)> = sqlx::query_as(
        "SELECT s.id, s.index_id, s.name, s.frequency, s.retention_days, s.next_run_at
         FROM backup_schedules s JOIN indexes i ON i.id = s.index_id
         WHERE s.next_run_at <= $1 AND i.node_id = $2 AND i.state = 'ready' ORDER BY s.next_run_at",
    )
    .bind(services.clock().now_ms())
    .bind(services.vectors().node().to_string())
    .fetch_all(services.db().pool())
    .await?;
    let read = |(id, index_id, name, frequency, retention_days, run_at_ms): (
        String,
        String,
        String,
        String,
        i64,
        i64,
    )| {
        let (id, index_id, frequency) = (parse(&id)?, parse(&index_id)?, parse(&frequency)?);
        Ok(Due { id, index_id, name, frequency, retention_days, run_at_ms })
    };
    rows.into_iter().map(read).collect()
}

/// One backup, however many were missed meanwhile.
async fn run(services: &Services, due: &Due) -> Result<()> {
    let now_ms = services.clock().now_ms();
    let new = New {
        id: new_id(),
        kind: BackupKind::Backup,
        name: Some(format!("{}-{}", due.name, stamp(now_ms))),
        description: None,
        schedule_id: Some(due.id),
        node: services.vectors().node(),
        expires_at_ms: Some(now_ms + due.retention_days * DAY_MS),
    };
    let (id, next) = (new.id, next_run(due.run_at_ms, due.frequency, now_ms));
    let data = (new, due.id, due.index_id, due.run_at_ms, next, now_ms);
    let claimed = services.db().write(data, |tx, (new, schedule, index, run_at_ms, next, now_ms)| {
        Box::pin(async move {
            if !step(tx, *schedule, *run_at_ms, *next).await? {
                return Ok(None);
            }
            let of = create::of(tx, *index, new).await?;
            row::insert(tx, new, &of, *now_ms).await?;
            subject(tx, new, &of).await.map(Some)
        })
    });
    match claimed.await {
        Ok(Some(subject)) => {
            let trail = Trail { actor: Actor::Schedule, at_ms: now_ms, origin: None };
            create::fill(services, id, due.index_id, (trail, subject)).await.map(drop)
        }
        Ok(None) => Ok(()),
        // The index went meanwhile, and its schedule with it.
        Err(error) if error.problem() == Problem::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

async fn subject(tx: &mut Tx, new: &New, of: &Of) -> Result<Subject> {
    let organization: String = sqlx::query_scalar("SELECT organization_id FROM projects WHERE id = $1")
        .bind(of.project_id.to_string())
        .fetch_one(tx)
        .await?;
    Ok(Subject {
        organization_id: Some(parse(&organization)?),
        project_id: Some(of.project_id),
        target: Some(new.id.to_string()),
        details: json!({ "name": new.name, "index": of.name, "schedule": new.schedule_id.map(|id| id.to_string()) }),
    })
}

/// Whether it was still as it was found: changed or run by nobody else.
async fn step(tx: &mut Tx, id: BackupScheduleId, run_at_ms: i64, next_ms: i64) -> Result<bool> {
    use crate::db::Changed;
    let set = sqlx::query("UPDATE backup_schedules SET next_run_at = $3 WHERE id = $1 AND next_run_at = $2");
    let set = set.bind(id.to_string()).bind(run_at_ms).bind(next_ms);
    Ok(set.execute(tx).await?.changed())
}

/// In the rhythm of the runs before, after now.
fn next_run(run_at_ms: i64, frequency: Frequency, now_ms: i64) -> i64 {
    let period = frequency.period_ms();
    let missed = (now_ms - run_at_ms).max(0) / period;
    run_at_ms + (missed + 1) * period
}

/// Such as `20261120T184500Z`.
fn stamp(at_ms: i64) -> String {
    let at =
        OffsetDateTime::from_unix_timestamp(at_ms.div_euclid(1_000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    at.format(format_description!("[year][month][day]T[hour][minute][second]Z")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missed_runs_are_made_up_for_by_one() {
        let hour = Frequency::Hourly.period_ms();
        assert_eq!(next_run(0, Frequency::Hourly, 0), hour);
        assert_eq!(next_run(0, Frequency::Hourly, hour - 1), hour);
        assert_eq!(next_run(0, Frequency::Hourly, 5 * hour + 1), 6 * hour);
    }

    #[test]
    fn a_moment_is_stamped_to_the_second() {
        assert_eq!(stamp(0), "19700101T000000Z");
        assert_eq!(stamp(1_790_000_000_999), "20260921T141320Z");
    }
}
