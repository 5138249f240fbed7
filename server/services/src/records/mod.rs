//! Records: what programs and people put into an index and find there.
//!
//! Everything takes the engine's own words, which keep their limits, and goes to the engine in one hop. Where the index
//! is, is known without SQL.

mod bounded;
pub mod console;
mod export;
mod read;
mod stats;
mod write;

use crate::{
    Result, Services,
    authorize::{Granted, Right},
    directory::Entry,
};
use conifer_domain::{Problem, ids::IndexId, permissions::Permission};
use conifer_engine::{IndexName, NamespaceName};
pub use export::{Export, export};
pub use read::{RESULT_BYTES_MAX, Seen, fetch, fetch_by_metadata, list_ids, query};
pub use stats::{Stats, stats};
use std::sync::Arc;
pub(crate) use write::put;
pub use write::{Updated, delete, delete_all, delete_by_filter, update, update_by_filter, upsert};

/// How the engine calls the index that the proof is about, for work in one of its namespaces. Whoever is limited to
/// other namespaces is refused here, so that nobody else has to think of it.
pub(crate) fn at_hand<P>(
    services: &Services,
    granted: &Granted<P>,
    namespace: &NamespaceName,
) -> Result<IndexName>
where
    P: Right + Permission<Of = IndexId>,
{
    granted.in_namespace(namespace.as_str())?;
    Ok(entry(services, granted)?.at_hand()?.clone())
}

pub(crate) fn entry<P>(services: &Services, granted: &Granted<P>) -> Result<Arc<Entry>>
where
    P: Right + Permission<Of = IndexId>,
{
    Ok(services.directory().get(granted.of()).ok_or(Problem::NotFound)?)
}
