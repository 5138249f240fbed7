//! The end of old entries, where the operator set one.

use crate::{Result, Services, db::Tx};
use conifer_domain::limits::DAY_MS;

/// Few enough that no change waits long for the sweep.
const ENTRIES_PER_SWEEP: i64 = 5_000;

pub(crate) async fn sweep(services: &Services) -> Result<()> {
    let days = i64::from(services.settings().audit_retention_days);
    if days == 0 {
        return Ok(());
    }
    let before_ms = services.clock().now_ms() - days * DAY_MS;
    while services.db().write(before_ms, |tx, before_ms| Box::pin(delete(tx, *before_ms))).await? > 0 {}
    Ok(())
}

async fn delete(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    let deleted = sqlx::query(
        "DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE at < $1 ORDER BY at LIMIT $2)",
    )
    .bind(before_ms)
    .bind(ENTRIES_PER_SWEEP)
    .execute(tx)
    .await?;
    Ok(deleted.rows_affected())
}
