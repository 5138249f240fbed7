//! Keys: who makes them, when they count, and what is known of their use.

mod cache;
mod changing;
mod counting;
mod making;
mod principal;

use crate::{house::origin, people::Town};
pub use cache::beside;
use conifer_domain::{
    Problem,
    api_keys::{ApiKey, KeyLimits, KeyQuery, KeyRefusal, KeyRights, KeyRole, KeyScope},
    ids::ApiKeyId,
};
use conifer_services::{
    Result, Services,
    api_keys::{self, KeyAccess},
    authorize::authorize,
};
use secrecy::ExposeSecret;
use std::sync::Arc;

pub fn rights(roles: &[KeyRole]) -> KeyRights {
    KeyRights {
        roles: roles.iter().copied().collect(),
        scope: KeyScope::default(),
        limits: KeyLimits::default(),
        expires_at_ms: None,
    }
}

/// What a program needs that only asks.
pub fn reader() -> KeyRights {
    rights(&[KeyRole::DataPlaneViewer])
}

pub fn editor() -> KeyRights {
    rights(&[KeyRole::ProjectEditor])
}

/// A key of the town's project, and its secret.
pub async fn key(town: &Town<'_>, name: &str, rights: KeyRights) -> (ApiKeyId, String) {
    let (s, o) = (&town.house.services, &origin());
    let new = api_keys::create(s, o, &town.ada, town.project_id, name, rights).await.expect("a key");
    (new.id, new.secret.expose_secret().to_owned())
}

pub async fn enter(services: &Services, secret: &str) -> Result<Arc<KeyAccess>> {
    api_keys::authenticate(services, secret, &origin()).await
}

pub async fn refusal(services: &Services, secret: &str) -> KeyRefusal {
    match enter(services, secret).await.expect_err("a refusal").problem() {
        Problem::KeyRefused { why } => why,
        other => panic!("{other:?}"),
    }
}

/// The town's keys as its owner sees them.
pub async fn listed(town: &Town<'_>) -> Vec<ApiKey> {
    let (s, o) = (&town.house.services, &origin());
    let proof = authorize(s, o, &town.ada, town.project_id).await.expect("a right");
    api_keys::list(s, &proof, &KeyQuery::default()).await.expect("a list").items
}
