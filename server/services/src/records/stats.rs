//! How much an index holds.

use super::{
    entry,
    read::{Seen, see},
};
use crate::{Result, Services, authorize::Granted, pods};
use conifer_domain::{indexes::Vectors, namespaces::Namespace, permissions::may};
use conifer_engine::{Filter, NamespaceCount};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    pub vectors: Vectors,
    /// In the order of their names, those that the asker may know of.
    pub namespaces: Vec<Namespace>,
    /// In all of these.
    pub records: u64,
    /// How many its pods hold.
    pub capacity: Option<u64>,
}

/// All records of each namespace, or those that match.
pub async fn stats(
    services: &Services,
    granted: &Granted<may::GetIndexStats>,
    filter: Option<Filter>,
) -> Result<Seen<Stats>> {
    let entry = entry(services, granted)?;
    let index = entry.at_hand()?.clone();
    let counts =
        see(services, "stats", index, move |engine, index| engine.counts(index, filter.as_ref())).await?;
    let shown = |count: NamespaceCount| Namespace { name: count.name.to_string(), records: count.records };
    let seen = counts.value.into_iter().filter(|count| granted.sees_namespace(count.name.as_str()));
    let namespaces: Vec<Namespace> = seen.map(shown).collect();
    let records = namespaces.iter().map(|namespace| namespace.records).sum();
    let value =
        Stats { vectors: entry.vectors, namespaces, records, capacity: pods::capacity(services, &entry) };
    Ok(Seen { value, last_write: counts.last_write })
}
