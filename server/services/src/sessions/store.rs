//! Sessions in SQL for tower-sessions.
//!
//! Only `create` inserts, and only it decides whose a session is: a `save` changes the data of a row that is
//! there, so a request still in flight at sign-out finds nothing to bring back.

use super::claim::{Claim, ClaimFailed};
use crate::{
    Result, Services,
    db::{Changed, Tx, new_id},
    secrets,
};
use conifer_domain::{
    ids::SessionId,
    limits::{SECOND_FACTOR_WAIT_MAX_MS, SESSION_AGE_MAX_MS, SESSION_IDLE_MAX_MS},
};
use std::fmt;
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{self, Error},
};

#[derive(Clone)]
pub struct Store {
    services: Services,
}

impl Store {
    pub fn new(services: &Services) -> Self {
        Self { services: services.clone() }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

/// A cookie's secret as it is kept.
pub(super) fn hash(id: &Id) -> String {
    secrets::hash(id.0.to_le_bytes())
}

/// Sessions that last saw their person before this are over.
pub(super) fn idle_since(now_ms: i64) -> i64 {
    now_ms - SESSION_IDLE_MAX_MS
}

struct Row {
    secret_hash: String,
    data: String,
    claim: Option<Claim>,
    now_ms: i64,
}

#[async_trait::async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let claim = Claim::take(record).map_err(|error| Error::Decode(error.to_string()))?;
        // A fresh secret, whatever the record was called before: nobody chooses it from outside.
        record.id = Id(i128::from_le_bytes(secrets::random().map_err(backend)?));
        let row = Row {
            secret_hash: hash(&record.id),
            data: encode(record)?,
            claim,
            now_ms: self.services.clock().now_ms(),
        };
        let insert = self.services.db().write(row, |tx, row| Box::pin(insert(tx, row)));
        insert.await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let now_ms = self.services.clock().now_ms();
        let data = (hash(&record.id), encode(record)?, now_ms);
        let update = self.services.db().write(data, |tx, (secret_hash, data, now_ms)| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE sessions SET data = $2
                     WHERE secret_hash = $1 AND expires_at > $3 AND last_seen_at > $4",
                )
                .bind(secret_hash)
                .bind(data)
                .bind(*now_ms)
                .bind(idle_since(*now_ms))
                .execute(tx)
                .await?;
                Ok(())
            })
        });
        update.await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let now_ms = self.services.clock().now_ms();
        let row: Option<(String, i64)> = sqlx::query_as(
            "SELECT data, expires_at FROM sessions
             WHERE secret_hash = $1 AND expires_at > $2 AND last_seen_at > $3",
        )
        .bind(hash(id))
        .bind(now_ms)
        .bind(idle_since(now_ms))
        .fetch_optional(self.services.db().pool())
        .await
        .map_err(|error| backend(error.into()))?;
        row.map(|(data, expires_at)| decode(*id, &data, expires_at)).transpose()
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let delete = self.services.db().write(hash(id), |tx, secret_hash| {
            Box::pin(async move {
                sqlx::query("DELETE FROM sessions WHERE secret_hash = $1")
                    .bind(secret_hash)
                    .execute(tx)
                    .await?;
                Ok(())
            })
        });
        delete.await.map_err(backend)
    }
}

async fn insert(tx: &mut Tx, row: &Row) -> Result<()> {
    let id: SessionId = new_id();
    if let Some(claim) = &row.claim {
        claim.confirm(tx, row.now_ms, id).await?;
    }
    let claim = row.claim.as_ref();
    let age_max_ms = if claim.is_some() { SESSION_AGE_MAX_MS } else { SECOND_FACTOR_WAIT_MAX_MS };
    let inserted = sqlx::query(
        "INSERT INTO sessions (secret_hash, id, user_id, data, device, address, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
    )
    .bind(&row.secret_hash)
    .bind(id.to_string())
    .bind(claim.map(|claim| claim.user_id.to_string()))
    .bind(&row.data)
    .bind(claim.map_or_else(String::new, Claim::device))
    .bind(claim.map_or_else(String::new, Claim::address))
    .bind(row.now_ms)
    .bind(row.now_ms + age_max_ms)
    .execute(tx)
    .await?;
    debug_assert!(inserted.changed());
    Ok(())
}

fn encode(record: &Record) -> session_store::Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

fn decode(id: Id, data: &str, expires_at_ms: i64) -> session_store::Result<Record> {
    let undecodable = |text: String| Error::Decode(text);
    let data = serde_json::from_str(data).map_err(|error| undecodable(error.to_string()))?;
    let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at_ms / 1000)
        .map_err(|error| undecodable(error.to_string()))?;
    Ok(Record { id, data, expiry_date })
}

/// The trait's errors are text: the one that matters is told by [`ClaimFailed::TEXT`].
fn backend(error: crate::Error) -> Error {
    Error::Backend(match error {
        crate::Error::Internal(error) if error.is::<ClaimFailed>() => ClaimFailed::TEXT.to_owned(),
        error => error.to_string(),
    })
}
