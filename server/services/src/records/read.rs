//! Finding records.

use super::{at_hand, bounded};
use crate::{Result, Services, authorize::Granted};
use conifer_domain::permissions::may;
use conifer_engine::{
    Answer, Filter, IndexName, Invalid, Match, NamespaceName, Page, Query, Record, RecordId, Rule,
    VectorEngine,
};
use std::sync::Arc;

/// What was read, and the number of the last write that it saw.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen<T> {
    pub value: T,
    pub last_write: u64,
}

/// What a query may answer, as the engine holds it.
pub const RESULT_BYTES_MAX: usize = 4 << 20;

/// The best matches, the best first.
pub async fn query(
    services: &Services,
    granted: &Granted<may::QueryVectors>,
    namespace: NamespaceName,
    query: Query,
) -> Result<Seen<Answer>> {
    let index = at_hand(services, granted, &namespace)?;
    let answer =
        see(services, "query", index, move |engine, index| engine.query(index, &namespace, &query)).await?;
    check_size(&answer.value.matches)?;
    Ok(answer)
}

/// One hop to a thread that reads. What was written before is seen, so its number is asked first.
pub(crate) async fn see<T: Send + 'static>(
    services: &Services,
    operation: &'static str,
    index: IndexName,
    read: impl FnOnce(&dyn VectorEngine, &IndexName) -> conifer_engine::Result<T> + Send + 'static,
) -> Result<Seen<T>> {
    let read = move |engine: &dyn VectorEngine| {
        let last_write = engine.last_write(&index)?;
        Ok(Seen { value: read(engine, &index)?, last_write })
    };
    services.vectors().read(operation, read).await
}

fn check_size(matches: &[Match]) -> Result<(), Invalid> {
    let found = matches.iter().map(size).sum();
    if found <= RESULT_BYTES_MAX {
        return Ok(());
    }
    let unit = "bytes of matches with what is included";
    Err(Invalid::new("top_k", Rule::Length { unit, min: 0, max: RESULT_BYTES_MAX, found }))
}

fn size(found: &Match) -> usize {
    let values = found.values.as_ref().map_or(0, |values| 4 * values.len());
    let sparse = found.sparse.as_ref().map_or(0, |sparse| 8 * sparse.indices().len());
    found.id.as_str().len() + values + sparse + found.metadata.as_ref().map_or(0, |metadata| metadata.bytes())
}

/// Those of these records that there are. Refused when they come to more than [`bounded::FETCH_BYTES_MAX`].
pub async fn fetch(
    services: &Services,
    granted: &Granted<may::FetchVectors>,
    namespace: NamespaceName,
    ids: Vec<RecordId>,
) -> Result<Seen<Vec<Arc<Record>>>> {
    let index = at_hand(services, granted, &namespace)?;
    let fetch = move |engine: &dyn VectorEngine, index: &IndexName| {
        bounded::all(&ids, |some| engine.fetch(index, &namespace, some))
    };
    see(services, "fetch", index, fetch).await
}

/// The records that match, in the order of their ids, after the given one: as many as are asked for, or as come to
/// [`RESULT_BYTES_MAX`].
pub async fn fetch_by_metadata(
    services: &Services,
    granted: &Granted<may::FetchVectors>,
    namespace: NamespaceName,
    filter: Filter,
    after: Option<RecordId>,
    limit: usize,
) -> Result<Seen<Page<Arc<Record>, RecordId>>> {
    let index = at_hand(services, granted, &namespace)?;
    let fetch = move |engine: &dyn VectorEngine, index: &IndexName| {
        bounded::page(limit, after, |after, limit| {
            engine.fetch_matching(index, &namespace, &filter, after, limit)
        })
    };
    see(services, "fetch_by_metadata", index, fetch).await
}

/// The ids that begin with `prefix`, in the order of their bytes, after the given one.
pub async fn list_ids(
    services: &Services,
    granted: &Granted<may::ListVectorIds>,
    namespace: NamespaceName,
    prefix: String,
    after: Option<RecordId>,
    limit: usize,
) -> Result<Seen<Page<RecordId, RecordId>>> {
    let index = at_hand(services, granted, &namespace)?;
    let list = move |engine: &dyn VectorEngine, index: &IndexName| {
        engine.list_ids(index, &namespace, &prefix, after.as_ref(), limit)
    };
    see(services, "list", index, list).await
}
