//! Projects and their roles.

use crate::{
    ids::{OrganizationId, ProjectId},
    paging::Paging,
    permissions::Role,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProjectRole {
    Owner,
    User,
}

impl ProjectRole {
    pub const ALL: [Self; 2] = [Self::Owner, Self::User];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::User => "user",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::User => "User",
        }
    }
}

impl fmt::Display for ProjectRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl FromStr for ProjectRole {
    type Err = crate::problem::Problem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(crate::problem::Problem::BadRequest)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectSummary {
    pub id: ProjectId,
    pub organization_id: OrganizationId,
    pub name: String,
    pub role: ProjectRole,
    pub created_at_ms: i64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProjectSort {
    #[default]
    Name,
    NameDescending,
    Newest,
    Oldest,
}

impl ProjectSort {
    pub const ALL: [Self; 4] = [Self::Name, Self::NameDescending, Self::Newest, Self::Oldest];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::NameDescending => "name-descending",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name, A to Z",
            Self::NameDescending => "Name, Z to A",
            Self::Newest => "Newest first",
            Self::Oldest => "Oldest first",
        }
    }
}

impl FromStr for ProjectSort {
    type Err = crate::problem::Problem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text).ok_or(crate::problem::Problem::BadRequest)
    }
}

/// Which projects of those one may enter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectQuery {
    /// Of one organization, or of all.
    #[serde(default)]
    pub organization_id: Option<OrganizationId>,
    /// A part of the name, whatever its case.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub sort: ProjectSort,
    #[serde(default)]
    pub paging: Paging,
}

/// A row of the list of projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRow {
    pub id: ProjectId,
    pub organization_id: OrganizationId,
    pub organization_name: String,
    pub name: String,
    /// The reader's role.
    pub role: ProjectRole,
    pub members: u64,
    pub created_at_ms: i64,
}

/// What a project's own page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectDetails {
    pub id: ProjectId,
    pub organization_id: OrganizationId,
    pub organization_name: String,
    pub name: String,
    /// What the reader is to it: the column of the table that their controls go by.
    pub access: Role,
    pub role: ProjectRole,
    pub created_at_ms: i64,
    pub members: u64,
}

/// What goes when a project is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectContents {
    pub members: u64,
    /// Those that wait to be accepted.
    pub invites: u64,
    pub indexes: u64,
    /// Collections too.
    pub backups: u64,
}
