//! The audit log as people read it.

use crate::ids::{ProjectId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What somebody looks for, as the address of the page and of its export says it. Empty is anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditSearch {
    /// The id of who acted.
    pub actor: String,
    /// An action such as "invite.revoked", or a room: "invite".
    pub what: String,
    /// The first day, as 2026-11-20, in UTC.
    pub from: String,
    /// The last day.
    pub until: String,
}

/// Which entries, newest first. What is not given is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    #[serde(default)]
    pub actor: Option<UserId>,
    /// The part of the action before its dot: "invite".
    #[serde(default)]
    pub room: Option<String>,
    #[serde(default)]
    pub action: Option<String>,
    /// From this moment on.
    #[serde(default)]
    pub from_ms: Option<i64>,
    /// Before this moment.
    #[serde(default)]
    pub until_ms: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub id: String,
    pub at_ms: i64,
    pub actor: AuditActor,
    /// Room and deed: "invite.revoked".
    pub action: String,
    pub project_id: Option<ProjectId>,
    /// Its name of today; none once it is gone.
    pub project_name: Option<String>,
    /// The id of what it was done to.
    pub target: Option<String>,
    pub address: Option<String>,
    pub request_id: Option<String>,
    /// What else there is to say: names as they were, before and after.
    pub details: Value,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditActor {
    /// None for what is no person, such as the command line.
    pub id: Option<UserId>,
    pub name: String,
    pub email: Option<String>,
    /// What sort of program it is; none for people and for what has no id.
    pub program: Option<Program>,
}

/// A program that acts by a right of its own: the actor's id and name are those of its key or account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Program {
    ApiKey,
    ServiceAccount,
}
