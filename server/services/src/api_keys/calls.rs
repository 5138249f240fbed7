//! What keys did: told to the database now and then, never while a program waits.

use super::{KeyAccess, meter::News};
use crate::{
    Result, Services,
    authorize::Granted,
    db::{Tx, count, parse},
    usage,
};
use conifer_domain::{
    api_keys::KeyCalls,
    ids::{ApiKeyId, ProjectId},
    limits::{DAY_MS, KEY_CALLS_AGE_MAX_DAYS},
    permissions::{Action, may},
};
use sqlx::{Any, Executor};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// What a key did in the last `days`, today among them, by action and day.
pub async fn calls(
    services: &Services,
    granted: &Granted<may::ViewApiKeys>,
    id: ApiKeyId,
    days: i64,
) -> Result<Vec<KeyCalls>> {
    note_before_reading(services).await;
    of_key(services.db().pool(), granted.of(), id, granted.at_ms(), days).await
}

pub(super) async fn of_key<'e>(
    db: impl Executor<'e, Database = Any>,
    project_id: ProjectId,
    id: ApiKeyId,
    now_ms: i64,
    days: i64,
) -> Result<Vec<KeyCalls>> {
    let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
        "SELECT c.action, c.day, c.allowed, c.denied FROM api_key_calls c JOIN api_keys k ON k.id = c.key_id
         WHERE k.id = $1 AND k.project_id = $2 AND k.revoked_at IS NULL AND c.day > $3
         ORDER BY c.day, c.action",
    )
    .bind(id.to_string())
    .bind(project_id.to_string())
    .bind(day(now_ms) - days.clamp(1, KEY_CALLS_AGE_MAX_DAYS))
    .fetch_all(db)
    .await?;
    let read = |(action, day, allowed, denied): (String, i64, i64, i64)| {
        // An action that a later version forgot is nobody's any more.
        let action = Action::try_from(action).ok()?;
        Some(KeyCalls { action, day_ms: day * DAY_MS, allowed: count(allowed), denied: count(denied) })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Keys whose news are written together, in the order of their ids: servers on one database wait for each other, and
/// never both for both.
const KEYS_AT_ONCE: usize = 100;

/// How long a reader waits for what is not written down yet.
const WAIT_MAX: Duration = Duration::from_secs(2);

/// Figures are read as new as the database lets them be: a busy one is no reason to show none.
pub(super) async fn note_before_reading(services: &Services) {
    match timeout(WAIT_MAX, note(services)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "what keys did is not written down yet"),
        Err(_) => tracing::warn!("what keys did is not written down yet"),
    }
}

/// Writes down what happened since the last time: all of it, even when nobody waits for it any more.
pub(super) async fn note(services: &Services) -> Result<()> {
    let noting = services.clone();
    services.to_its_end(async move { note_all(&noting).await }).await
}

async fn note_all(services: &Services) -> Result<()> {
    let day = day(services.clock().now_ms());
    let news = |key: Arc<KeyAccess>| Some((Arc::new(key.meter().take_news()?), key));
    let mut all: Vec<_> = services.keys().all().into_iter().filter_map(news).collect();
    all.sort_by_key(|(_, key)| key.id());
    let mut outcome = Ok(());
    for some in all.chunks(KEYS_AT_ONCE) {
        let told = some.iter().map(|(news, key)| (key.id(), Arc::clone(news))).collect();
        match tell(services, day, told).await {
            Ok(()) => some.iter().for_each(|(news, key)| add_up(services, news, key)),
            Err(error) => {
                some.iter().for_each(|(news, key)| key.meter().give_back(news));
                outcome = Err(error);
            }
        }
    }
    outcome
}

fn add_up(services: &Services, news: &News, key: &KeyAccess) {
    if let (Ok(project_id), false) = (key.project_id(), news.usage.is_empty()) {
        services.usage().add(project_id, &news.usage);
    }
}

async fn tell(services: &Services, day: i64, told: Vec<(ApiKeyId, Arc<News>)>) -> Result<()> {
    let write = services.db().write((day, told), |tx, (day, told)| {
        Box::pin(async move {
            for (id, news) in told {
                write(tx, *id, *day, news).await?;
            }
            Ok(())
        })
    });
    write.await
}

async fn write(tx: &mut Tx, id: ApiKeyId, day: i64, news: &News) -> Result<()> {
    // Of several servers the last one counts.
    let used: Option<(Option<String>,)> = sqlx::query_as(
        "UPDATE api_keys SET
            last_used_address = CASE WHEN COALESCE(last_used_at, 0) < $2 THEN $3 ELSE last_used_address END,
            last_used_at = CASE WHEN COALESCE(last_used_at, 0) < $2 THEN $2 ELSE last_used_at END
         WHERE id = $1 RETURNING project_id",
    )
    .bind(id.to_string())
    .bind(news.at_ms)
    .bind(news.address.to_string())
    .fetch_optional(&mut *tx)
    .await?;
    let Some((project,)) = used else {
        return Ok(()); // Its row was swept.
    };
    // Another server may have deleted the project since.
    if let Some(project) = project {
        usage::write(tx, parse(&project)?, id, &news.usage).await?;
    }
    for calls in &news.calls {
        sqlx::query(
            "INSERT INTO api_key_calls (key_id, day, action, allowed, denied) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (key_id, day, action) DO UPDATE SET
                 allowed = api_key_calls.allowed + $4, denied = api_key_calls.denied + $5",
        )
        .bind(id.to_string())
        .bind(day)
        .bind(calls.action.as_str())
        .bind(i64::try_from(calls.allowed).unwrap_or(i64::MAX))
        .bind(i64::try_from(calls.denied).unwrap_or(i64::MAX))
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Days since 1970, in UTC.
pub(super) fn day(at_ms: i64) -> i64 {
    at_ms.div_euclid(DAY_MS)
}
