//! Seeing the console as somebody else would.

use crate::ids::{ApiKeyId, OrganizationId, ProjectId, UserId};
use serde::{Deserialize, Serialize};

/// Where somebody else's view is taken: nothing outside is seen by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViewPlace {
    Organization(OrganizationId),
    Project(ProjectId),
}

/// Whose view it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViewOf {
    Member(UserId),
    Key(ApiKeyId),
}

/// What every page says while it is shown as somebody else would see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Viewed {
    Through {
        name: String,
        is_key: bool,
        /// The name of the project or the organization.
        place: String,
    },
    /// Nothing is seen any more: who looks may not, or whose view it was is gone.
    Over,
}
