//! The sessions of one person, and how they end them.

use super::{Current, end_all, store};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::{Changed, Tx, parse},
};
use conifer_domain::{
    Problem,
    ids::{SessionId, UserId},
    sessions::SessionSummary,
};
use serde_json::json;

/// More than anybody looks through; the oldest are left out.
const LISTED_MAX: i64 = 200;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    device: String,
    address: String,
    created_at: i64,
    last_seen_at: i64,
}

/// This session first, then the others, last seen first.
pub async fn list(services: &Services, current: &Current) -> Result<Vec<SessionSummary>> {
    let now_ms = services.clock().now_ms();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, device, address, created_at, last_seen_at FROM sessions
         WHERE user_id = $1 AND expires_at > $2 AND last_seen_at > $3
         ORDER BY CASE WHEN id = $4 THEN 0 ELSE 1 END, last_seen_at DESC, id DESC LIMIT $5",
    )
    .bind(current.user_id().to_string())
    .bind(now_ms)
    .bind(store::idle_since(now_ms))
    .bind(current.session_id.to_string())
    .bind(LISTED_MAX)
    .fetch_all(services.db().pool())
    .await?;
    rows.into_iter().map(|row| row.read(current.session_id)).collect()
}

impl Row {
    fn read(self, current: SessionId) -> Result<SessionSummary> {
        let id = parse(&self.id)?;
        Ok(SessionSummary {
            id,
            device: self.device,
            address: self.address,
            created_at_ms: self.created_at,
            last_seen_at_ms: self.last_seen_at,
            current: id == current,
        })
    }
}

/// `NotFound` for the session of somebody else.
pub async fn end_one(services: &Services, origin: &Origin, current: &Current, id: SessionId) -> Result<()> {
    let user_id = current.acting()?;
    let data = (user_id, id, Trail::of(services, origin, Actor::User(user_id)));
    services.db().write(data, |tx, (user_id, id, trail)| Box::pin(delete(tx, *user_id, *id, trail))).await
}

async fn delete(tx: &mut Tx, user_id: UserId, id: SessionId, trail: &Trail) -> Result<()> {
    let deleted = sqlx::query("DELETE FROM sessions WHERE id = $1 AND user_id = $2")
        .bind(id.to_string())
        .bind(user_id.to_string())
        .execute(&mut *tx)
        .await?;
    if !deleted.changed() {
        return Err(Problem::NotFound.into());
    }
    let subject = Subject { target: Some(id.to_string()), ..Subject::default() };
    audit::record(tx, trail, Action::SessionEnded, subject).await
}

/// How many ended.
pub async fn end_others(services: &Services, origin: &Origin, current: &Current) -> Result<u64> {
    let user_id = current.acting()?;
    let data = (user_id, current.session_id, Trail::of(services, origin, Actor::User(user_id)));
    let end = services.db().write(data, |tx, (user_id, kept, trail)| {
        Box::pin(async move {
            let ended = end_all(tx, *user_id, Some(*kept)).await?;
            let subject = Subject::user(*user_id).with(json!({ "ended": ended }));
            audit::record(tx, trail, Action::SessionsEnded, subject).await?;
            Ok(ended)
        })
    });
    end.await
}
