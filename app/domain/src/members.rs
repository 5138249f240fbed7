//! The people of a project or an organization.

use crate::{ids::UserId, organizations::OrganizationRole, paging::Paging, projects::ProjectRole};
use serde::{Deserialize, Serialize};

/// Somebody with a role of their own, in a project or an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member<R> {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: R,
    pub since_ms: i64,
    /// None until they signed in.
    pub last_seen_ms: Option<i64>,
    /// Whether a mailed link ever proved that the address is theirs, as far as that was asked for.
    pub confirmed: bool,
}

pub type ProjectMember = Member<ProjectRole>;
pub type OrganizationMember = Member<OrganizationRole>;

/// Which members, sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberQuery {
    /// A part of the name or the address, whatever its case.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub paging: Paging,
}
