//! Who did what when: written in the transaction of the change, never changed afterwards.

mod action;
mod export;
mod list;
mod retention;
mod search;

use crate::{
    Origin, Result, Services,
    db::{Tx, new_id},
};
pub(crate) use action::Action;
pub use action::actions;
use conifer_domain::ids::{ApiKeyId, OrganizationId, ProjectId, ServiceAccountId, UserId};
pub use export::{Export, export};
pub use list::list;
pub(crate) use retention::sweep;
pub use search::filter;
use serde_json::Value;
use uuid::Uuid;

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Actor {
    User(UserId),
    Key(ApiKeyId),
    ServiceAccount(ServiceAccountId),
    /// Nobody who is known, such as a failed sign-in to no account.
    Nobody,
    CommandLine,
    /// Nobody asks: backups are made by a schedule. Its name stands beside.
    Schedule,
}

impl Actor {
    fn as_text(self) -> String {
        match self {
            Self::User(id) => id.to_string(),
            Self::Key(id) => id.to_string(),
            Self::ServiceAccount(id) => id.to_string(),
            Self::Nobody => "nobody".into(),
            Self::CommandLine => "command-line".into(),
            Self::Schedule => "schedule".into(),
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

    /// Something in the organization or project that the rest names.
    pub(crate) fn to(self, target: impl ToString) -> Self {
        Self { target: Some(target.to_string()), ..self }
    }

    pub(crate) fn with(self, details: Value) -> Self {
        Self { details, ..self }
    }
}

pub(crate) async fn record(tx: &mut Tx, trail: &Trail, action: Action, subject: Subject) -> Result<()> {
    let origin = trail.origin.as_ref();
    sqlx::query(
        "INSERT INTO audit_log (id, at, actor, action, organization_id, project_id, target, address, request_id, details, room)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
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
    .bind(action.room())
    .execute(tx)
    .await?;
    Ok(())
}
