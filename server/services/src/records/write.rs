//! Changing records. What is answered is on disk, and seen by the next read.

use super::{at_hand, entry};
use crate::{Error, Result, Services, authorize::Granted, directory::Entry, indexes, pods};
use conifer_domain::permissions::may;
use conifer_engine::{Filter, Invalid, NamespaceName, Patch, Record, RecordId, Rule, VectorEngine, Written};

/// Inserts records, or replaces those of the same id. Makes the namespace where it is missing.
pub async fn upsert(
    services: &Services,
    granted: &Granted<may::UpsertVectors>,
    namespace: NamespaceName,
    records: Vec<Record>,
) -> Result<Written> {
    granted.in_namespace(namespace.as_str())?;
    put(services, "upsert", &*entry(services, granted)?, namespace, records).await
}

/// The one way in for records: none comes by that the index has no room for.
pub(crate) async fn put(
    services: &Services,
    operation: &'static str,
    entry: &Entry,
    namespace: NamespaceName,
    records: Vec<Record>,
) -> Result<Written> {
    let (index, place) = (entry.at_hand()?.clone(), pods::hold(services, entry, &namespace, &records).await?);
    let upsert = move |engine: &dyn VectorEngine| {
        // To the end of the write, whoever waits for it.
        let _held = place;
        engine.upsert(&index, &namespace, records)
    };
    services.vectors().write(operation, upsert).await
}

/// `Missing` when there is no such record.
pub async fn update(
    services: &Services,
    granted: &Granted<may::UpdateAVector>,
    namespace: NamespaceName,
    id: RecordId,
    patch: Patch,
) -> Result<Written> {
    let index = at_hand(services, granted, &namespace)?;
    services.vectors().write("update", move |engine| engine.update(&index, &namespace, &id, patch)).await
}

/// What an update by filter came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Updated {
    /// How many records match.
    pub matched: u64,
    /// None when it was only asked what would be.
    pub written: Option<Written>,
}

/// All that match are changed at once, or, as a dry run, counted.
pub async fn update_by_filter(
    services: &Services,
    granted: &Granted<may::UpdateAVector>,
    namespace: NamespaceName,
    filter: Filter,
    patch: Patch,
    dry_run: bool,
) -> Result<Updated> {
    let index = at_hand(services, granted, &namespace)?;
    if dry_run {
        check_update(services, granted, &filter, &patch)?;
        let count =
            services.vectors().read("count", move |engine| engine.count(&index, &namespace, Some(&filter)));
        return Ok(Updated { matched: count.await?, written: None });
    }
    let update = services
        .vectors()
        .write("update_by_filter", move |engine| engine.update_matching(&index, &namespace, filter, patch));
    let written = update.await?;
    Ok(Updated { matched: written.records, written: Some(written) })
}

/// What the engine would refuse to do, a dry run refuses to count.
fn check_update(
    services: &Services,
    granted: &Granted<may::UpdateAVector>,
    filter: &Filter,
    patch: &Patch,
) -> Result<(), Error> {
    indexes::spec(entry(services, granted)?.vectors).check_patch(patch)?;
    if filter.is_everything() {
        return Err(Invalid::new("filter", Rule::Required { why: "at least one condition" }).into());
    }
    Ok(())
}

/// Deletes what is there of these.
pub async fn delete(
    services: &Services,
    granted: &Granted<may::DeleteAVector>,
    namespace: NamespaceName,
    ids: Vec<RecordId>,
) -> Result<Written> {
    let index = at_hand(services, granted, &namespace)?;
    services.vectors().write("delete", move |engine| engine.delete(&index, &namespace, ids)).await
}

pub async fn delete_by_filter(
    services: &Services,
    granted: &Granted<may::DeleteAVector>,
    namespace: NamespaceName,
    filter: Filter,
) -> Result<Written> {
    let index = at_hand(services, granted, &namespace)?;
    services
        .vectors()
        .write("delete_by_filter", move |engine| engine.delete_matching(&index, &namespace, filter))
        .await
}

/// Deletes all records of the namespace, which stays.
pub async fn delete_all(
    services: &Services,
    granted: &Granted<may::DeleteAVector>,
    namespace: NamespaceName,
) -> Result<Written> {
    let index = at_hand(services, granted, &namespace)?;
    services.vectors().write("delete_all", move |engine| engine.delete_all(&index, &namespace)).await
}
