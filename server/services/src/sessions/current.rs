//! Who is signed in.

use super::store;
use crate::{
    Result, Services,
    db::parse,
    views::{self, View},
};
use conifer_domain::{
    Problem,
    accounts::Account,
    ids::{SessionId, UserId},
    limits::MINUTE_MS,
};
use std::sync::Arc;
use tower_sessions::Session;

/// The person who is signed in and the session that says so; only [`current`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Current {
    pub session_id: SessionId,
    pub account: Account,
    /// Through whose eyes they look, if through others' than their own.
    pub view: Option<Arc<View>>,
}

impl Current {
    pub(crate) fn user_id(&self) -> UserId {
        self.account.id
    }

    /// The person, for changes of what is their own. `OnlyLooking` while they look through others' eyes.
    pub(crate) fn acting(&self) -> Result<UserId, Problem> {
        if self.view.is_some() { Err(Problem::OnlyLooking) } else { Ok(self.account.id) }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    session_id: String,
    last_seen_at: i64,
    id: String,
    name: String,
    email: String,
    theme: String,
    two_factor: i64,
    viewing: Option<String>,
}

/// Who is signed in. One query; notes the visit at most once a minute.
pub async fn current(services: &Services, session: &Session) -> Result<Option<Current>> {
    let Some(id) = session.id() else {
        return Ok(None);
    };
    let now_ms = services.clock().now_ms();
    let row: Option<Row> = sqlx::query_as(
        "SELECT s.id AS session_id, s.last_seen_at, u.id, u.name, u.email, u.theme, s.viewing,
                CASE WHEN u.totp_secret IS NULL THEN 0 ELSE 1 END AS two_factor
         FROM sessions s JOIN users u ON u.id = s.user_id
         WHERE s.secret_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3",
    )
    .bind(store::hash(&id))
    .bind(now_ms)
    .bind(store::idle_since(now_ms))
    .fetch_optional(services.db().pool())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    if now_ms - row.last_seen_at >= MINUTE_MS {
        note_visit(services, &row.session_id, &row.id, now_ms).await;
    }
    let viewing = row.viewing.clone();
    let mut current = row.read()?;
    if let Some(viewing) = viewing {
        // What cannot be read must not become their own rights: they sign in again.
        let Some(view) = views::of(services, &current, &viewing).await? else {
            return Ok(None);
        };
        current.view = Some(Arc::new(view));
    }
    Ok(Some(current))
}

impl Row {
    fn read(self) -> Result<Current> {
        let account = Account {
            id: parse(&self.id)?,
            name: self.name,
            email: self.email,
            theme: parse(&self.theme)?,
            two_factor: self.two_factor != 0,
        };
        Ok(Current { session_id: parse(&self.session_id)?, account, view: None })
    }
}

/// A visit that cannot be noted must not keep the person out.
async fn note_visit(services: &Services, session_id: &str, user_id: &str, now_ms: i64) {
    let data = (session_id.to_owned(), user_id.to_owned(), now_ms);
    let noted = services.db().write(data, |tx, (session_id, user_id, now_ms)| {
        Box::pin(async move {
            let update = "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2";
            sqlx::query(update).bind(session_id).bind(*now_ms).execute(&mut *tx).await?;
            let update = "UPDATE users SET last_seen_at = $2 WHERE id = $1";
            sqlx::query(update).bind(user_id).bind(*now_ms).execute(tx).await?;
            Ok(())
        })
    });
    if let Err(error) = noted.await {
        tracing::warn!(%error, "a visit could not be noted");
    }
}
