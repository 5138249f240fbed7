//! How much an index holds.

use super::entry;
use crate::{Result, Services, authorize::Granted};
use conifer_domain::{indexes::Vectors, namespaces::Namespace, permissions::may};
use conifer_engine::{Filter, IndexName, NamespaceName, Result as EngineResult, VectorEngine};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    pub vectors: Vectors,
    /// In the order of their names, those that the asker may know of.
    pub namespaces: Vec<Namespace>,
    /// In all of these.
    pub records: u64,
}

/// All records of each namespace, or those that match.
pub async fn stats(
    services: &Services,
    granted: &Granted<may::GetIndexStats>,
    filter: Option<Filter>,
) -> Result<Stats> {
    let entry = entry(services, granted)?;
    let index = entry.at_hand()?.clone();
    let counts = services.vectors().read(move |engine| counts(engine, &index, filter.as_ref())).await?;
    let records = counts.iter().map(|namespace| namespace.records).sum();
    Ok(Stats { vectors: entry.vectors, namespaces: counts, records })
}

/// All namespaces of an index, page by page.
pub(crate) fn counts(
    engine: &dyn VectorEngine,
    index: &IndexName,
    filter: Option<&Filter>,
) -> EngineResult<Vec<Namespace>> {
    let (mut counts, mut after): (Vec<Namespace>, Option<NamespaceName>) = (Vec::new(), None);
    loop {
        let page = engine.namespaces(index, "", after.as_ref(), conifer_engine::limits::PAGE)?;
        for found in page.items {
            let records = match filter {
                None => found.records,
                Some(_) => engine.count(index, &found.name, filter)?,
            };
            counts.push(Namespace { name: found.name.to_string(), records });
        }
        after = page.next;
        if after.is_none() {
            return Ok(counts);
        }
    }
}
