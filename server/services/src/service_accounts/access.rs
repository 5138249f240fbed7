//! A service account as its requests see it.

use crate::api_keys::Meter;
use conifer_domain::{
    Problem,
    api_keys::KeyLimits,
    ids::{OrganizationId, ServiceAccountId},
    permissions::Action,
};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// One that had a token that counted when its request came.
#[derive(Clone)]
pub struct ServiceAccess {
    pub(super) id: ServiceAccountId,
    pub(super) organization_id: OrganizationId,
    pub(super) token_hash: String,
    pub(super) limits: KeyLimits,
    pub(super) meter: Arc<Meter>,
}

impl ServiceAccess {
    pub fn id(&self) -> ServiceAccountId {
        self.id
    }

    /// The one that it is in.
    pub fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }

    /// Lets one request pass, or tells when to come again. Each server counts for itself.
    pub fn admit(&self) -> Result<(), Problem> {
        self.meter.admit(self.limits)
    }

    pub(crate) fn may_note_denial(&self, action: Action, now_ms: i64) -> bool {
        self.meter.may_note_denial(action, now_ms)
    }
}

impl fmt::Debug for ServiceAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, organization_id, .. } = self;
        let mut text = f.debug_struct("ServiceAccess");
        text.field("id", id).field("organization_id", organization_id).finish_non_exhaustive()
    }
}

/// What each account that came so far did lately.
#[derive(Default)]
pub(crate) struct Meters(Mutex<HashMap<ServiceAccountId, Arc<Meter>>>);

impl Meters {
    pub(super) fn of(&self, id: ServiceAccountId) -> Arc<Meter> {
        let mut meters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(meters.entry(id).or_default())
    }
}
