//! How much indexes hold over time.

use super::hour;
use crate::{
    Result, Services,
    authorize::Granted,
    db::{Tx, count},
};
use conifer_domain::{
    ids::IndexId,
    limits::HOUR_MS,
    permissions::may,
    usage::{Size, UsageQuery},
};
use conifer_engine::IndexStats;
use std::time::Duration;

/// How often [`note_sizes`] is to be called: the last one of an hour stays.
pub const NOTE_SIZES_EVERY: Duration = Duration::from_secs(600);

/// Writes down how much each index of this server holds.
pub async fn note_sizes(services: &Services) -> Result<()> {
    let entries: Vec<_> = services.directory().all();
    let measured = services.vectors().read("measure", move |engine| {
        let stats = entries.iter().filter_map(|entry| {
            let index = entry.at_hand().ok()?;
            Some((entry.id, engine.stats(index).ok()?))
        });
        Ok(stats.collect::<Vec<_>>())
    });
    let data = (hour(services.clock().now_ms()), measured.await?);
    services.db().write(data, |tx, (hour, measured)| Box::pin(write(tx, *hour, measured))).await
}

async fn write(tx: &mut Tx, hour: i64, measured: &[(IndexId, IndexStats)]) -> Result<()> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    for (id, stats) in measured {
        // One that was deleted meanwhile is passed over.
        sqlx::query(
            "INSERT INTO index_sizes (index_id, hour, records, disk_bytes, memory_bytes)
             SELECT id, $2, $3, $4, $5 FROM indexes WHERE id = $1
             ON CONFLICT (index_id, hour) DO UPDATE SET records = $3, disk_bytes = $4, memory_bytes = $5",
        )
        .bind(id.to_string())
        .bind(hour)
        .bind(number(stats.records))
        .bind(number(stats.disk_bytes))
        .bind(number(stats.memory_bytes))
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// The hours of the last days at whose end it was measured. `OutsideKey` for who may know of some namespaces alone.
pub async fn sizes(services: &Services, granted: &Granted<may::ViewIndex>, days: i64) -> Result<Vec<Size>> {
    granted.of_the_whole()?;
    let query = UsageQuery { days, ..UsageQuery::default() };
    let first = query.steps(granted.at_ms()).next().unwrap_or(0);
    let rows: Vec<(i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT hour, records, disk_bytes, memory_bytes FROM index_sizes
         WHERE index_id = $1 AND hour >= $2 ORDER BY hour",
    )
    .bind(granted.of().to_string())
    .bind(hour(first))
    .fetch_all(services.db().pool())
    .await?;
    let read = |(hour, records, disk, memory): (i64, i64, i64, i64)| Size {
        at_ms: hour * HOUR_MS,
        records: count(records),
        disk_bytes: count(disk),
        memory_bytes: count(memory),
    };
    Ok(rows.into_iter().map(read).collect())
}
