//! What the pods of an index hold, kept exactly: writers that surely fit go in together, one that may not goes alone.

use crate::{Result, Services, directory::Entry};
use conifer_domain::{
    Problem,
    ids::IndexId,
    indexes::{NewIndex, PodChange},
};
use conifer_engine::{IndexName, NamespaceName, Record, RecordId, limits::UPSERT_RECORDS};
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

/// One for each index of pods that was written to.
#[derive(Default)]
pub(crate) struct Gates(Mutex<HashMap<IndexId, Arc<Gate>>>);

#[derive(Default)]
struct Gate {
    room: Arc<RwLock<()>>,
    /// Records that writers bring which are in the room: some may be counted in the index already.
    coming: AtomicU64,
}

impl Gates {
    fn of(&self, index: IndexId) -> Arc<Gate> {
        let mut gates = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(gates.entry(index).or_default())
    }
}

/// Room for a write, until it is dropped.
#[allow(dead_code, reason = "it is held, not read")]
pub(crate) enum Place {
    /// Any number fits.
    Boundless,
    Among(OwnedRwLockReadGuard<()>, Coming),
    Alone(OwnedRwLockWriteGuard<()>),
}

pub(crate) struct Coming(Arc<Gate>, u64);

impl Coming {
    fn new(gate: &Arc<Gate>, records: u64) -> (Self, u64) {
        let all = gate.coming.fetch_add(records, SeqCst) + records;
        (Self(Arc::clone(gate), records), all)
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.0.coming.fetch_sub(self.1, SeqCst);
    }
}

/// How many records the index can have; none where its deployment says nothing of it.
pub fn capacity(services: &Services, entry: &Entry) -> Option<u64> {
    entry.deployment.records_max(entry.vectors, services.settings().pod_records)
}

/// Room for these records, or `CapacityReached`. Those that replace others take none.
pub(crate) async fn hold(
    services: &Services,
    entry: &Entry,
    namespace: &NamespaceName,
    records: &[Record],
) -> Result<Place> {
    // What is no upsert at all is refused by the engine, which says why.
    if !entry.deployment.is_pod() || !(1..=UPSERT_RECORDS).contains(&records.len()) {
        return Ok(Place::Boundless);
    }
    let (gate, index) = (services.gates().of(entry.id), entry.at_hand()?);
    let among = Arc::clone(&gate.room).read_owned().await;
    // First announced, then counted: what is written in between is counted twice rather than never.
    let (coming, all) = Coming::new(&gate, records.len() as u64);
    if held(services, index).await? + all <= now(services, entry.id)? {
        return Ok(Place::Among(among, coming));
    }
    drop((among, coming));
    let alone = Arc::clone(&gate.room).write_owned().await;
    let (held, records_max) = (held(services, index).await?, now(services, entry.id)?);
    let wanted = new_among(services, index, namespace, records).await?;
    if wanted > 0 && held + wanted > records_max {
        return Err(Problem::CapacityReached { records_max, held, wanted }.into());
    }
    Ok(Place::Alone(alone))
}

/// As it is now that nobody can change it.
fn now(services: &Services, id: IndexId) -> Result<u64> {
    let entry = services.directory().get(id).ok_or(Problem::NotFound)?;
    Ok(capacity(services, &entry).unwrap_or(u64::MAX))
}

/// For who is about to change the pods of an index: nobody writes meanwhile where they would hold less.
/// `PodsTooSmall` when they would not hold what there is.
pub(crate) async fn resize(
    services: &Services,
    id: IndexId,
    change: &PodChange,
) -> Result<Option<OwnedRwLockWriteGuard<()>>> {
    let entry = services.directory().get(id).ok_or(Problem::NotFound)?;
    let mut deployment = entry.deployment.clone();
    deployment.resize(change)?;
    let wanted = deployment.records_max(entry.vectors, services.settings().pod_records);
    let Some(records_max) = wanted.filter(|wanted| capacity(services, &entry) > Some(*wanted)) else {
        return Ok(None);
    };
    let index = entry.at_hand()?;
    let alone = Arc::clone(&services.gates().of(id).room).write_owned().await;
    let held = held(services, index).await?;
    if held > records_max {
        return Err(Problem::PodsTooSmall { records_max, held }.into());
    }
    Ok(Some(alone))
}

/// Whether an index that is to be made with `held` records has pods for them.
pub(crate) fn check_fits(services: &Services, new: &NewIndex, held: u64) -> Result<(), Problem> {
    match new.deployment.records_max(new.vectors, services.settings().pod_records) {
        Some(records_max) if held > records_max => Err(Problem::PodsTooSmall { records_max, held }),
        _ => Ok(()),
    }
}

async fn held(services: &Services, index: &IndexName) -> Result<u64> {
    let index = index.clone();
    let counts = services.vectors().read("count", move |engine| engine.counts(&index, None)).await?;
    Ok(counts.iter().map(|count| count.records).sum())
}

/// How many of these are not there yet.
async fn new_among(
    services: &Services,
    index: &IndexName,
    namespace: &NamespaceName,
    records: &[Record],
) -> Result<u64> {
    let ids: HashSet<&RecordId> = records.iter().map(|record| &record.id).collect();
    let ids: Vec<RecordId> = ids.into_iter().cloned().collect();
    let (index, namespace, all) = (index.clone(), namespace.clone(), ids.len());
    let fetch = services.vectors().read("fetch", move |engine| engine.fetch(&index, &namespace, &ids));
    match fetch.await {
        Ok(found) => Ok((all - found.len()) as u64),
        // A namespace that is not there yet.
        Err(crate::Error::Missing { .. }) => Ok(all as u64),
        Err(error) => Err(error),
    }
}
