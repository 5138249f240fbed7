//! Where a person is signed in. The cookie's secret is kept as a hash; the row knows its user.

mod claim;
mod current;
mod device;
mod list;
pub mod sealed;
mod second_factor;
mod store;

use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::Tx,
    sign_in::Verified,
};
use claim::{Claim, problem};
use conifer_domain::ids::{SessionId, UserId};
pub use current::{Current, current};
pub(crate) use device::device;
pub use list::{end_one, end_others, list};
pub use second_factor::{await_second_factor, awaiting_second_factor};
pub use store::Store;
use tower_sessions::Session;

/// Signs in: a new secret in the cookie, the old session is dead. `SignInFailed` when the password changed
/// since it was checked.
pub async fn begin(
    _services: &Services,
    session: &Session,
    origin: &Origin,
    verified: Verified,
) -> Result<()> {
    renew(session).await?;
    Claim::new(origin, verified).put(session).await.map_err(problem)?;
    session.save().await.map_err(problem)
}

/// An empty session with a secret of its own; nothing of the old one is left.
async fn renew(session: &Session) -> Result<()> {
    session.cycle_id().await.map_err(problem)?;
    session.clear().await;
    Ok(())
}

/// Signs out. A request still in flight cannot bring the session back.
pub async fn end(services: &Services, origin: &Origin, session: &Session) -> Result<()> {
    if let (Some(id), Some(current)) = (session.id(), current(services, session).await?) {
        let trail = Trail::of(services, origin, Actor::User(current.account.id));
        let view = current.view.map(|view| view.subject());
        let data = (store::hash(&id), current.session_id, view, trail);
        let sign_out = services.db().write(data, |tx, (hash, id, view, trail)| {
            Box::pin(sign_out(tx, hash, *id, view.as_ref(), trail))
        });
        sign_out.await?;
    }
    session.flush().await.map_err(problem)
}

async fn sign_out(
    tx: &mut Tx,
    secret_hash: &str,
    id: SessionId,
    view: Option<&Subject>,
    trail: &Trail,
) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE secret_hash = $1").bind(secret_hash).execute(&mut *tx).await?;
    if let Some(view) = view {
        audit::record(tx, trail, Action::ViewEnded, view.clone()).await?;
    }
    let subject = Subject { target: Some(id.to_string()), ..Subject::default() };
    audit::record(tx, trail, Action::SignedOut, subject).await
}

/// Ends the sessions of a person, all or all but one, and tells how many.
pub(crate) async fn end_all(tx: &mut Tx, user_id: UserId, but: Option<SessionId>) -> Result<u64> {
    let ended = sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id <> $2")
        .bind(user_id.to_string())
        .bind(but.map_or_else(String::new, |id| id.to_string()))
        .execute(tx)
        .await?;
    Ok(ended.rows_affected())
}

pub(crate) async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE expires_at <= $1 OR last_seen_at <= $2")
        .bind(now_ms)
        .bind(store::idle_since(now_ms))
        .execute(tx)
        .await?;
    Ok(())
}
