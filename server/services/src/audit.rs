//! Who did what when: written in the transaction of the change, never changed afterwards.

use crate::{
    Origin, Result, Services,
    db::{Tx, new_id},
};
use conifer_domain::ids::{OrganizationId, ProjectId, UserId};
use serde_json::Value;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Founded,
    SignedUp,
    SignedIn,
    SignInFailed,
    SecondFactorFailed,
    RecoveryCodeUsed,
    SignedOut,
    SessionEnded,
    SessionsEnded,
    Renamed,
    EmailChangeRequested,
    EmailChangeCancelled,
    EmailChanged,
    PasswordChanged,
    PasswordReset,
    TwoFactorOn,
    TwoFactorOff,
    RecoveryCodesRenewed,
}

impl Action {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Founded => "installation.founded",
            Self::SignedUp => "account.signed-up",
            Self::SignedIn => "session.signed-in",
            Self::SignInFailed => "session.sign-in-failed",
            Self::SecondFactorFailed => "session.second-factor-failed",
            Self::RecoveryCodeUsed => "session.recovery-code-used",
            Self::SignedOut => "session.signed-out",
            Self::SessionEnded => "session.ended",
            Self::SessionsEnded => "session.others-ended",
            Self::Renamed => "account.renamed",
            Self::EmailChangeRequested => "account.email-change-requested",
            Self::EmailChangeCancelled => "account.email-change-cancelled",
            Self::EmailChanged => "account.email-changed",
            Self::PasswordChanged => "account.password-changed",
            Self::PasswordReset => "account.password-reset",
            Self::TwoFactorOn => "account.two-factor-on",
            Self::TwoFactorOff => "account.two-factor-off",
            Self::RecoveryCodesRenewed => "account.recovery-codes-renewed",
        }
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Actor {
    User(UserId),
    /// Nobody who is known, such as a failed sign-in to no account.
    Nobody,
    CommandLine,
}

impl Actor {
    fn as_text(self) -> String {
        match self {
            Self::User(id) => id.to_string(),
            Self::Nobody => "nobody".into(),
            Self::CommandLine => "command-line".into(),
        }
    }
}

/// What a change needs to be told: who, when, from where.
#[derive(Clone, Debug)]
pub(crate) struct Trail {
    pub(crate) actor: Actor,
    pub(crate) at_ms: i64,
    /// None for the command line.
    pub(crate) origin: Option<Origin>,
}

impl Trail {
    pub(crate) fn of(services: &Services, origin: &Origin, actor: Actor) -> Self {
        Self { actor, at_ms: services.clock().now_ms(), origin: Some(origin.clone()) }
    }
}

/// What it was done to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject {
    pub(crate) organization_id: Option<OrganizationId>,
    pub(crate) project_id: Option<ProjectId>,
    pub(crate) target: Option<String>,
    pub(crate) details: Value,
}

impl Subject {
    /// An account: the one acted upon.
    pub(crate) fn user(id: UserId) -> Self {
        Self { target: Some(id.to_string()), ..Self::default() }
    }

    pub(crate) fn with(self, details: Value) -> Self {
        Self { details, ..self }
    }
}

pub(crate) async fn record(tx: &mut Tx, trail: &Trail, action: Action, subject: Subject) -> Result<()> {
    let origin = trail.origin.as_ref();
    sqlx::query(
        "INSERT INTO audit_log (id, at, actor, action, organization_id, project_id, target, address, request_id, details)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(new_id::<Uuid>().to_string())
    .bind(trail.at_ms)
    .bind(trail.actor.as_text())
    .bind(action.as_str())
    .bind(subject.organization_id.map(|id| id.to_string()))
    .bind(subject.project_id.map(|id| id.to_string()))
    .bind(subject.target)
    .bind(origin.map(|origin| origin.address.to_string()))
    .bind(origin.map(|origin| origin.request_id.clone()))
    .bind(subject.details.to_string())
    .execute(tx)
    .await?;
    Ok(())
}
