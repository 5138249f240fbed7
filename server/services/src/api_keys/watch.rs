//! What the server does for keys while it runs.

use super::calls::{self, day};
use crate::{Result, Services, db::Tx};
use conifer_domain::limits::{DAY_MS, KEY_CALLS_AGE_MAX_DAYS};
use std::time::Duration;

/// How often [`refresh`] is to be called: what another server ends must end here within a second.
pub const REFRESH_EVERY: Duration = Duration::from_millis(250);
/// How often [`note_calls`] is to be called.
pub const NOTE_CALLS_EVERY: Duration = Duration::from_secs(10);

/// Sees what other servers changed.
pub async fn refresh(services: &Services) -> Result<()> {
    services.keys().catch_up(services.db()).await
}

/// Writes down what keys did since the last time.
pub async fn note_calls(services: &Services) -> Result<()> {
    calls::note(services).await
}

/// The same before figures are read, as far as the database lets it.
pub(crate) async fn note_before_reading(services: &Services) {
    calls::note_before_reading(services).await;
}

/// What ended long ago is forgotten.
pub(crate) async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    let since_ms = now_ms - KEY_CALLS_AGE_MAX_DAYS * DAY_MS;
    sqlx::query("DELETE FROM api_keys WHERE revoked_at <= $1").bind(since_ms).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM api_key_calls WHERE day < $1").bind(day(since_ms)).execute(tx).await?;
    Ok(())
}
