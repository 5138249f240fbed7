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

/// Which service accounts, sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAccountQuery {
    /// A part of the name, whatever its case.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub paging: Paging,
}
