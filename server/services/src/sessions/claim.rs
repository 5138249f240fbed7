//! What turns a new session into somebody's: carried in its record to the store, checked and taken out there.

use super::device::device;
use crate::{
    Origin, Result,
    audit::{self, Action, Actor, Subject, Trail},
    db::{Changed, Tx},
    sign_in::Verified,
};
use conifer_domain::{
    Problem,
    ids::{SessionId, UserId},
};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use tower_sessions::{Session, session::Record};

const KEY: &str = "claim";

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Claim {
    pub(super) user_id: UserId,
    credentials_version: i64,
    address: IpAddr,
    user_agent: String,
    request_id: String,
}

/// The password changed since it was checked.
#[derive(Debug, thiserror::Error)]
#[error("{}", Self::TEXT)]
pub(super) struct ClaimFailed;

impl ClaimFailed {
    pub(super) const TEXT: &str = "the password changed since it was checked";
}

impl Claim {
    pub(super) fn new(origin: &Origin, verified: Verified) -> Self {
        Self {
            user_id: verified.user_id,
            credentials_version: verified.credentials_version,
            address: origin.address.to_canonical(),
            user_agent: origin.user_agent.clone(),
            request_id: origin.request_id.clone(),
        }
    }

    pub(super) async fn put(&self, session: &Session) -> Result<(), tower_sessions::session::Error> {
        session.insert(KEY, self).await
    }

    pub(super) fn take(record: &mut Record) -> serde_json::Result<Option<Self>> {
        record.data.remove(KEY).map(serde_json::from_value).transpose()
    }

    pub(super) fn device(&self) -> String {
        device(&self.user_agent)
    }

    pub(super) fn address(&self) -> String {
        self.address.to_string()
    }

    /// Locks the account: a password that changes at this moment ends this session too, or forbids it.
    pub(super) async fn confirm(&self, tx: &mut Tx, now_ms: i64, id: SessionId) -> Result<()> {
        let locked =
            sqlx::query("UPDATE users SET last_seen_at = $3 WHERE id = $1 AND credentials_version = $2")
                .bind(self.user_id.to_string())
                .bind(self.credentials_version)
                .bind(now_ms)
                .execute(&mut *tx)
                .await?;
        if !locked.changed() {
            return Err(crate::Error::internal(ClaimFailed));
        }
        let origin = Origin {
            address: self.address,
            user_agent: self.user_agent.clone(),
            request_id: self.request_id.clone(),
        };
        let trail = Trail { actor: Actor::User(self.user_id), at_ms: now_ms, origin: Some(origin) };
        let subject = Subject { target: Some(id.to_string()), ..Subject::default() };
        audit::record(tx, &trail, Action::SignedIn, subject).await
    }
}

/// What a failed creation means to who signs in.
pub(super) fn problem(error: tower_sessions::session::Error) -> crate::Error {
    match error {
        tower_sessions::session::Error::Store(tower_sessions::session_store::Error::Backend(text))
            if text == ClaimFailed::TEXT =>
        {
            Problem::SignInFailed.into()
        }
        error => crate::Error::internal(error),
    }
}
