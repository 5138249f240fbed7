//! Invitations into an organization or a project.

use crate::{ids::InviteId, organizations::OrganizationRole, paging::Paging, projects::ProjectRole};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InviteState {
    Pending,
    Expired,
    Accepted,
    Revoked,
}

impl InviteState {
    pub const ALL: [Self; 4] = [Self::Pending, Self::Expired, Self::Accepted, Self::Revoked];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Expired => "expired",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Expired => "Expired",
            Self::Accepted => "Accepted",
            Self::Revoked => "Revoked",
        }
    }
}

impl FromStr for InviteState {
    type Err = crate::problem::Problem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(crate::problem::Problem::BadRequest)
    }
}

/// What the invited will be, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvitedRole {
    Organization(OrganizationRole),
    Project(ProjectRole),
}

impl InvitedRole {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organization(role) => role.as_str(),
            Self::Project(role) => role.as_str(),
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Organization(role) => role.label(),
            Self::Project(role) => role.label(),
        }
    }
}

impl From<OrganizationRole> for InvitedRole {
    fn from(role: OrganizationRole) -> Self {
        Self::Organization(role)
    }
}

impl From<ProjectRole> for InvitedRole {
    fn from(role: ProjectRole) -> Self {
        Self::Project(role)
    }
}

impl fmt::Display for InvitedRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// The addresses in a text, which anything but letters of addresses may separate.
pub fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|word| !word.is_empty())
}

/// An invite as its inviters see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    pub id: InviteId,
    pub email: String,
    pub role: InvitedRole,
    /// The inviter's name.
    pub invited_by: String,
    pub created_at_ms: i64,
    pub expires_at_ms: i64,
    pub accepted_at_ms: Option<i64>,
    pub state: InviteState,
}

/// Which invites, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteQuery {
    #[serde(default)]
    pub state: Option<InviteState>,
    /// A part of the address.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub paging: Paging,
}

/// An invite as the invited see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub organization_name: String,
    pub project_name: Option<String>,
    pub role: InvitedRole,
    pub invited_by: String,
    pub email: String,
    pub expires_at_ms: i64,
    pub reader: Reader,
}

/// Who reads an invitation, and so what they do to accept it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// Sets a name and a password.
    New,
    /// Is signed in with the invited address.
    Member,
    /// Has an account with the invited address, but is not signed in.
    SignIn,
    /// Is signed in with another address.
    Other { signed_in_as: String },
}
