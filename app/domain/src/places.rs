//! Where somebody can go: what menus show of it.

use crate::{organizations::OrganizationSummary, projects::ProjectSummary};
use serde::{Deserialize, Serialize};

/// An organization one belongs to, and the first of the projects in it that one may enter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub organization: OrganizationSummary,
    pub projects: Vec<ProjectSummary>,
}
