//! The projects a person may enter.

use crate::{Result, Services, sessions::Current};
use conifer_domain::{
    Problem,
    ids::{OrganizationId, ProjectId},
    projects::ProjectSummary,
};

pub async fn list(
    _services: &Services,
    _current: &Current,
    _organization_id: OrganizationId,
) -> Result<Vec<ProjectSummary>> {
    Err(Problem::Unavailable.into())
}

/// `NotFound` for a project of others as for one that never was.
pub async fn get(_services: &Services, _current: &Current, _id: ProjectId) -> Result<ProjectSummary> {
    Err(Problem::Unavailable.into())
}
