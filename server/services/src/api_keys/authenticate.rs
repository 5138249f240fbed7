//! Which key a program carries, if it counts.

use super::{
    access::KeyAccess,
    secret::{hash, prefix},
};
use crate::{Origin, Result, Services};
use conifer_domain::{Problem, api_keys::KeyRefusal, ids::ApiKeyId};
use std::sync::Arc;

/// The key whose secret this is. `KeyRefused` when it does not count: the log says why, the program is told one
/// thing. `Unavailable` when nobody can say whether it still counts.
pub async fn authenticate(services: &Services, secret: &str, origin: &Origin) -> Result<Arc<KeyAccess>> {
    let keys = services.keys();
    if !keys.is_fresh(services.db()) {
        keys.catch_up(services.db()).await?;
    }
    let now_ms = services.clock().now_ms();
    match find(services, secret, now_ms) {
        Ok(key) => {
            key.used(now_ms, origin.address);
            Ok(key)
        }
        Err(why) => {
            let prefix = prefix(secret).unwrap_or_default();
            tracing::info!(why = why.as_str(), prefix, address = %origin.address, "an API key was refused");
            Err(Problem::KeyRefused { why }.into())
        }
    }
}

/// The key of this id, if it counts: for who looks at what it may.
pub(crate) async fn by_id(services: &Services, id: ApiKeyId) -> Result<Option<Arc<KeyAccess>>> {
    let (keys, now_ms) = (services.keys(), services.clock().now_ms());
    let find = || keys.by_id(id).filter(|key| key.check(now_ms).is_ok());
    match find() {
        Some(key) if keys.is_fresh(services.db()) => Ok(Some(key)),
        // One that is missing may have been made a moment ago by another server.
        _ => {
            keys.catch_up(services.db()).await?;
            Ok(find())
        }
    }
}

fn find(services: &Services, secret: &str, now_ms: i64) -> Result<Arc<KeyAccess>, KeyRefusal> {
    let prefix = prefix(secret).ok_or(KeyRefusal::Malformed)?;
    let key = services.keys().find(prefix).ok_or(KeyRefusal::Unknown)?;
    key.check_secret(&hash(secret), now_ms)?;
    Ok(key)
}
