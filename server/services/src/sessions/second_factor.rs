//! Between a right password and the second factor.

use super::{claim::problem, renew};
use crate::{
    Origin, Result, Services,
    sign_in::{HalfVerified, Verified},
};
use conifer_domain::{ids::UserId, limits::SECOND_FACTOR_WAIT_MAX_MS};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

const KEY: &str = "second-factor";

#[derive(Serialize, Deserialize)]
struct Waiting {
    user_id: UserId,
    credentials_version: i64,
    since_ms: i64,
}

/// Remembers a right password until the second factor comes. Such a session is nobody's yet.
pub async fn await_second_factor(
    services: &Services,
    session: &Session,
    _origin: &Origin,
    HalfVerified(half): HalfVerified,
) -> Result<()> {
    renew(session).await?;
    let waiting = Waiting {
        user_id: half.user_id,
        credentials_version: half.credentials_version,
        since_ms: services.clock().now_ms(),
    };
    session.insert(KEY, waiting).await.map_err(problem)?;
    session.save().await.map_err(problem)
}

/// None when nobody waits, or for too long.
pub async fn awaiting_second_factor(services: &Services, session: &Session) -> Result<Option<HalfVerified>> {
    let waiting: Option<Waiting> = session.get(KEY).await.map_err(problem)?;
    let in_time =
        |waiting: &Waiting| services.clock().now_ms() < waiting.since_ms + SECOND_FACTOR_WAIT_MAX_MS;
    Ok(waiting
        .filter(in_time)
        .map(|waiting| HalfVerified(Verified::new(waiting.user_id, waiting.credentials_version))))
}
