//! Organizations and their roles.

use crate::{ids::OrganizationId, permissions::Role};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrganizationRole {
    Owner,
    Manager,
    Member,
    Billing,
}

impl OrganizationRole {
    pub const ALL: [Self; 4] = [Self::Owner, Self::Manager, Self::Member, Self::Billing];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Member => "member",
            Self::Billing => "billing",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Manager => "Manager",
            Self::Member => "Member",
            Self::Billing => "Billing admin",
        }
    }
}

impl fmt::Display for OrganizationRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl FromStr for OrganizationRole {
    type Err = crate::problem::Problem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(crate::problem::Problem::BadRequest)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationSummary {
    pub id: OrganizationId,
    pub name: String,
    pub role: OrganizationRole,
}

/// What an organization's own page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationDetails {
    pub id: OrganizationId,
    pub name: String,
    /// What the reader is to it: the column of the table that their controls go by.
    pub access: Role,
    pub created_at_ms: i64,
    pub projects: u64,
    pub members: u64,
}
