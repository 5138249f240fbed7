//! What a vector engine does, whichever it is.

use crate::{
    error::Result,
    filter::Filter,
    index::{IndexSpec, IndexStats, NamespaceCount, Page, Written},
    records::{IndexName, NamespaceName, Patch, Record, RecordId, SnapshotName},
    search::{Answer, Query},
    survey::{Mapped, Outlier, Selection},
};
use std::sync::Arc;

pub trait VectorEngine: Send + Sync {
    fn create_index(&self, index: &IndexName, spec: IndexSpec) -> Result<()>;
    fn drop_index(&self, index: &IndexName) -> Result<()>;
    fn indexes(&self) -> Result<Vec<(IndexName, IndexSpec)>>;
    fn stats(&self, index: &IndexName) -> Result<IndexStats>;
    /// The number of the last write, as `Written` has it; each read that begins from now on sees it.
    fn last_write(&self, index: &IndexName) -> Result<u64>;
    /// Reads and checks everything that the index has on disk.
    fn verify(&self, index: &IndexName) -> Result<()>;

    fn create_namespace(&self, index: &IndexName, namespace: &NamespaceName) -> Result<Written>;
    fn drop_namespace(&self, index: &IndexName, namespace: &NamespaceName) -> Result<Written>;
    fn namespaces(
        &self,
        index: &IndexName,
        prefix: &str,
        after: Option<&NamespaceName>,
        limit: usize,
    ) -> Result<Page<NamespaceCount, NamespaceName>>;
    /// All namespaces, with the records that match a filter; with all, where there is none.
    fn counts(&self, index: &IndexName, filter: Option<&Filter>) -> Result<Vec<NamespaceCount>>;

    fn upsert(&self, index: &IndexName, namespace: &NamespaceName, records: Vec<Record>) -> Result<Written>;
    fn update(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        id: &RecordId,
        patch: Patch,
    ) -> Result<Written>;
    fn update_matching(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        filter: Filter,
        patch: Patch,
    ) -> Result<Written>;
    fn delete(&self, index: &IndexName, namespace: &NamespaceName, ids: Vec<RecordId>) -> Result<Written>;
    fn delete_matching(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        filter: Filter,
    ) -> Result<Written>;
    fn delete_all(&self, index: &IndexName, namespace: &NamespaceName) -> Result<Written>;

    fn query(&self, index: &IndexName, namespace: &NamespaceName, query: &Query) -> Result<Answer>;
    /// Several queries, each answered as if it were alone, but all of the same moment.
    fn query_all(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        queries: &[Query],
    ) -> Result<Vec<Answer>>;
    fn fetch(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        ids: &[RecordId],
    ) -> Result<Vec<Arc<Record>>>;
    fn fetch_matching(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        filter: &Filter,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<Arc<Record>, RecordId>>;
    /// The records whose ids begin with `prefix`, those that match or all, in the order of their ids, after the given one.
    fn browse(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        prefix: &str,
        filter: Option<&Filter>,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<Arc<Record>, RecordId>>;
    fn list_ids(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        prefix: &str,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<RecordId, RecordId>>;
    fn count(&self, index: &IndexName, namespace: &NamespaceName, filter: Option<&Filter>) -> Result<u64>;

    /// Where records lie among each other, in up to three dimensions.
    fn project(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        selection: &Selection,
        dimensions: usize,
    ) -> Result<Mapped>;
    /// How far each record is from its nearest others, the furthest first.
    fn outliers(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        selection: &Selection,
        neighbours: usize,
    ) -> Result<Vec<Outlier>>;
    /// Groups of records with the same values.
    fn duplicates(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        filter: Option<&Filter>,
        limit: usize,
    ) -> Result<Vec<Vec<RecordId>>>;

    fn snapshot(&self, index: &IndexName, snapshot: &SnapshotName) -> Result<()>;
    fn snapshots(&self) -> Result<Vec<SnapshotName>>;
    fn restore(&self, snapshot: &SnapshotName, index: &IndexName) -> Result<()>;
    fn drop_snapshot(&self, snapshot: &SnapshotName) -> Result<()>;
}
