//! Programs that act for themselves: in an organization and its projects, as people do, but by a secret.

use crate::{
    api_keys::KeyUse,
    ids::{ProjectId, ServiceAccountId},
    organizations::OrganizationRole,
    paging::Paging,
    projects::ProjectRole,
};
use serde::{Deserialize, Serialize};

/// What a service account is, in its organization and in projects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRoles {
    /// None for one that only enters projects.
    #[serde(default)]
    pub organization: Option<OrganizationRole>,
    #[serde(default)]
    pub projects: Vec<(ProjectId, ProjectRole)>,
}

/// One as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAccount {
    pub id: ServiceAccountId,
    pub name: String,
    /// What it says to get a token, beside its secret.
    pub client_id: String,
    pub role: Option<OrganizationRole>,
    pub projects: Vec<ServiceProject>,
    pub disabled_at_ms: Option<i64>,
    /// The name of who made it; none for the command line and for who is gone.
    pub created_by: Option<String>,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub last_used: Option<KeyUse>,
}

/// A project that a service account enters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceProject {
    pub id: ProjectId,
    pub name: String,
    pub role: ProjectRole,
}

/// A service account among the members of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceMember<R> {
    pub id: ServiceAccountId,
    pub name: String,
    pub role: R,
    pub since_ms: i64,
    pub last_used_ms: Option<i64>,
    pub disabled: bool,
}

/// The first of them by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceMembers<R> {
    pub items: Vec<ServiceMember<R>>,
    pub has_more: bool,
}

impl<R> Default for ServiceMembers<R> {
    fn default() -> Self {
        Self { items: Vec::new(), has_more: false }
    }
}

/// Which service accounts, sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAccountQuery {
    /// A part of the name, whatever its case.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub paging: Paging,
}
