//! Looking at indexes.

use crate::{Result, Services, authorize::Granted, directory::Entry};
use conifer_domain::{
    Problem,
    ids::{IndexId, ProjectId},
    permissions::may,
};
use conifer_engine::{IndexStats, VectorEngine};
use std::sync::Arc;

/// The index of that name; where there is none, an id that no index has. So a caller who asks for permission next is
/// told the same, in the same time, of what is missing and of what is hidden.
pub fn named(services: &Services, project_id: ProjectId, name: &str) -> IndexId {
    services.directory().by_name(project_id, name).map_or(IndexId::NONE, |entry| entry.id)
}

/// In the order of their names, those that the asker may know of.
pub async fn list(services: &Services, granted: &Granted<may::ViewIndexes>) -> Result<Vec<Arc<Entry>>> {
    let mut entries = services.directory().of_project(granted.of());
    entries.retain(|entry| granted.sees_index(&entry.name));
    Ok(entries)
}

pub async fn describe(services: &Services, granted: &Granted<may::ViewIndex>) -> Result<Arc<Entry>> {
    Ok(services.directory().get(granted.of()).ok_or(Problem::NotFound)?)
}

/// How much it holds.
pub async fn measure(services: &Services, granted: &Granted<may::ViewIndex>) -> Result<IndexStats> {
    granted.of_the_whole()?;
    let index = describe(services, granted).await?.at_hand()?.clone();
    services.vectors().read("measure", move |engine| engine.stats(&index)).await
}

/// How much each of these holds; nothing is said of one that is not at hand, nor to who may know of some namespaces
/// alone.
pub async fn measure_all(
    services: &Services,
    granted: &Granted<may::ViewIndexes>,
) -> Result<Vec<(Arc<Entry>, Option<IndexStats>)>> {
    let entries = list(services, granted).await?;
    let is_told = granted.of_the_whole().is_ok();
    let measure = move |engine: &dyn VectorEngine| {
        let stats = |entry: &Arc<Entry>| {
            let index = entry.at_hand().ok().filter(|_| is_told)?;
            engine.stats(index).ok()
        };
        Ok(entries.into_iter().map(|entry| (Arc::clone(&entry), stats(&entry))).collect())
    };
    services.vectors().read("measure", measure).await
}
