//! A key as every call of a program sees it: in memory, without SQL.

use super::{meter::Meter, row::Row, secret::Hash};
use crate::{
    Result,
    db::parse,
    secrets,
    usage::{self, Tally},
};
use conifer_domain::{
    Problem,
    api_keys::{KeyLimits, KeyRefusal, KeyRights, KeyRole},
    ids::{ApiKeyId, IndexId, OrganizationId, ProjectId},
    permissions::{Action, Role, Verdict, verdict},
};
use std::{fmt, net::IpAddr, sync::Arc};
use subtle::ConstantTimeEq;

/// What a key may, as it stood when it was asked: whoever keeps it for the next request asks again.
#[derive(Clone)]
pub struct KeyAccess {
    id: ApiKeyId,
    organization_id: OrganizationId,
    /// None once the project is gone.
    project_id: Option<ProjectId>,
    rights: KeyRights,
    secret: Hash,
    /// The one before, and until when it counts.
    old_secret: Option<(Hash, i64)>,
    is_revoked: bool,
    limits: KeyLimits,
    meter: Arc<Meter>,
}

impl KeyAccess {
    /// `limits` are those of a key that has none of its own; `meter` is what counted for it before.
    pub(super) fn read(row: &Row, limits: KeyLimits, meter: Arc<Meter>) -> Result<Self> {
        let rights = row.rights()?;
        let old_secret = row.old_secret_hash.as_deref().map(read_hash).transpose()?;
        Ok(Self {
            id: parse(&row.id)?,
            organization_id: parse(&row.organization_id)?,
            project_id: row.project_id.as_deref().map(parse).transpose()?,
            secret: read_hash(&row.secret_hash)?,
            old_secret: old_secret.zip(row.old_secret_until),
            is_revoked: row.revoked_at.is_some(),
            limits: KeyLimits {
                requests_per_s: rights.limits.requests_per_s.or(limits.requests_per_s),
                bytes_per_s: rights.limits.bytes_per_s.or(limits.bytes_per_s),
            },
            rights,
            meter,
        })
    }

    pub fn id(&self) -> ApiKeyId {
        self.id
    }

    pub fn organization_id(&self) -> OrganizationId {
        self.organization_id
    }

    /// The one project that it counts in.
    pub fn project_id(&self) -> Result<ProjectId, Problem> {
        self.project_id.ok_or(Problem::KeyRefused { why: KeyRefusal::Revoked })
    }

    pub fn rights(&self) -> &KeyRights {
        &self.rights
    }

    /// Lets one request pass, or tells when to come again. Each server counts for itself.
    pub fn admit(&self) -> Result<(), Problem> {
        self.meter.admit(self.limits)
    }

    /// Counts bytes that a request brought: the next one waits until they are paid for.
    pub fn spend(&self, bytes: u64) {
        self.meter.spend(self.limits, bytes);
    }

    /// Whether it counts now, by whichever of its secrets.
    pub(crate) fn check(&self, now_ms: i64) -> Result<(), KeyRefusal> {
        match self.rights.expires_at_ms {
            _ if self.is_revoked => Err(KeyRefusal::Revoked),
            Some(end_ms) if end_ms <= now_ms => Err(KeyRefusal::Expired),
            _ => Ok(()),
        }
    }

    /// Whether it counts now for who has the secret of this hash. It takes as long for any wrong one.
    pub(super) fn check_secret(&self, hash: &Hash, now_ms: i64) -> Result<(), KeyRefusal> {
        let is_current = self.secret.ct_eq(hash);
        let (old, until_ms) = self.old_secret.unwrap_or_default();
        let is_old = old.ct_eq(hash);
        match (bool::from(is_current), bool::from(is_old)) {
            (false, false) => Err(KeyRefusal::Unknown),
            (false, true) if until_ms <= now_ms => Err(KeyRefusal::Revoked),
            _ => self.check(now_ms),
        }
    }

    /// The role by which it may, if any.
    pub(crate) fn role_for(&self, action: Action) -> Role {
        let allows = |role: &&KeyRole| verdict(action, Role::Key(**role)) == Verdict::Allow;
        let roles = &self.rights.roles;
        roles.iter().find(allows).or(roles.first()).map_or(Role::Outsider, |role| Role::Key(*role))
    }

    pub(super) fn limits(&self) -> KeyLimits {
        self.limits
    }

    pub(super) fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    pub(super) fn used(&self, now_ms: i64, address: IpAddr) {
        self.meter.used(now_ms, address);
    }

    /// Counts a request that was answered.
    pub fn tally(&self, index: Option<IndexId>, at_ms: i64, tally: &Tally) {
        self.meter.tally(index, usage::hour(at_ms), tally);
    }

    pub(crate) fn count(&self, action: Action, is_allowed: bool) {
        self.meter.count(action, is_allowed);
    }

    pub(crate) fn may_note_denial(&self, action: Action, now_ms: i64) -> bool {
        self.meter.may_note_denial(action, now_ms)
    }
}

fn read_hash(text: &str) -> Result<Hash> {
    let bytes = secrets::from_hex(text).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| crate::Error::internal("the hash of a key cannot be read"))
}

/// Its secrets stay out of every log.
impl fmt::Debug for KeyAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, project_id, rights, is_revoked, .. } = self;
        let mut text = f.debug_struct("KeyAccess");
        text.field("id", id).field("project_id", project_id).field("rights", rights);
        text.field("is_revoked", is_revoked).finish_non_exhaustive()
    }
}
