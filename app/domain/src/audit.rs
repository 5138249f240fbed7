//! The audit log as people read it.

use crate::ids::{ProjectId, UserId};
use serde::{Deserialize, Serialize};

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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub id: String,
    pub at_ms: i64,
    pub actor: AuditActor,
    /// Room and deed: "invite.revoked".
    pub action: String,
    pub project_id: Option<ProjectId>,
    /// The id of what it was done to.
    pub target: Option<String>,
    pub address: Option<String>,
    pub request_id: Option<String>,
    /// A JSON object: names as they were, before and after.
    pub details: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditActor {
    /// None for what is no person, such as the command line.
    pub id: Option<UserId>,
    pub name: String,
    pub email: Option<String>,
}
