//! Looking at indexes.

use crate::{Result, Services, authorize::Granted, directory::Entry};
use conifer_domain::{
    Problem,
    ids::{IndexId, ProjectId},
    permissions::may,
};
use std::sync::Arc;

/// The index of that name; where there is none, an id that no index has. So a caller who asks for permission next is
/// told the same, in the same time, of what is missing and of what is hidden.
pub fn named(services: &Services, project_id: ProjectId, name: &str) -> IndexId {
    services.directory().by_name(project_id, name).map_or(IndexId::NONE, |entry| entry.id)
}

/// In the order of their names.
pub async fn list(services: &Services, granted: &Granted<may::ViewIndexes>) -> Result<Vec<Arc<Entry>>> {
    Ok(services.directory().of_project(granted.of()))
}

pub async fn describe(services: &Services, granted: &Granted<may::ViewIndex>) -> Result<Arc<Entry>> {
    Ok(services.directory().get(granted.of()).ok_or(Problem::NotFound)?)
}
