//! The embedded engine as what every engine is.

use super::Engine;
use crate::{
    error::Result,
    filter::Filter,
    index::{IndexSpec, IndexStats, NamespaceCount, Page, Written},
    port::VectorEngine,
    records::{IndexName, NamespaceName, Patch, Record, RecordId, SnapshotName},
    search::{Answer, Query},
    survey::{Mapped, Outlier, Selection},
};
use std::sync::Arc;

impl VectorEngine for Engine {
    fn create_index(&self, index: &IndexName, spec: IndexSpec) -> Result<()> {
        self.create_index(index, spec).map(drop)
    }

    fn drop_index(&self, index: &IndexName) -> Result<()> {
        self.drop_index(index)
    }

    fn indexes(&self) -> Result<Vec<(IndexName, IndexSpec)>> {
        Ok(self.indexes().iter().map(|index| (index.name().clone(), index.spec())).collect())
    }

    fn stats(&self, index: &IndexName) -> Result<IndexStats> {
        self.index(index)?.stats()
    }

    fn last_write(&self, index: &IndexName) -> Result<u64> {
        self.index(index)?.last_write()
    }

    fn verify(&self, index: &IndexName) -> Result<()> {
        self.index(index)?.verify()
    }

    fn create_namespace(&self, index: &IndexName, namespace: &NamespaceName) -> Result<Written> {
        self.index(index)?.create_namespace(namespace)
    }

    fn drop_namespace(&self, index: &IndexName, namespace: &NamespaceName) -> Result<Written> {
        self.index(index)?.drop_namespace(namespace)
    }

    fn namespaces(
        &self,
        index: &IndexName,
        prefix: &str,
        after: Option<&NamespaceName>,
        limit: usize,
    ) -> Result<Page<NamespaceCount, NamespaceName>> {
        self.index(index)?.namespaces(prefix, after, limit)
    }

    fn counts(&self, index: &IndexName, filter: Option<&Filter>) -> Result<Vec<NamespaceCount>> {
        self.index(index)?.counts(filter)
    }

    fn upsert(&self, index: &IndexName, namespace: &NamespaceName, records: Vec<Record>) -> Result<Written> {
        self.index(index)?.upsert(namespace, records)
    }

    fn update(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        id: &RecordId,
        patch: Patch,
    ) -> Result<Written> {
        self.index(index)?.update(namespace, id, patch)
    }

    fn update_matching(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        filter: Filter,
        patch: Patch,
    ) -> Result<Written> {
        self.index(index)?.update_matching(namespace, filter, patch)
    }

    fn delete(&self, index: &IndexName, namespace: &NamespaceName, ids: Vec<RecordId>) -> Result<Written> {
        self.index(index)?.delete(namespace, ids)
    }

    fn delete_matching(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        filter: Filter,
    ) -> Result<Written> {
        self.index(index)?.delete_matching(namespace, filter)
    }

    fn delete_all(&self, index: &IndexName, namespace: &NamespaceName) -> Result<Written> {
        self.index(index)?.delete_all(namespace)
    }

    fn query(&self, index: &IndexName, namespace: &NamespaceName, query: &Query) -> Result<Answer> {
        self.index(index)?.query(namespace, query)
    }

    fn query_all(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        queries: &[Query],
    ) -> Result<Vec<Answer>> {
        self.index(index)?.query_all(namespace, queries)
    }

    fn fetch(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        ids: &[RecordId],
    ) -> Result<Vec<Arc<Record>>> {
        self.index(index)?.fetch(namespace, ids)
    }

    fn fetch_matching(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        filter: &Filter,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<Arc<Record>, RecordId>> {
        self.index(index)?.fetch_matching(namespace, filter, after, limit)
    }

    fn browse(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        prefix: &str,
        filter: Option<&Filter>,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<Arc<Record>, RecordId>> {
        self.index(index)?.browse(namespace, prefix, filter, after, limit)
    }

    fn list_ids(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        prefix: &str,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<RecordId, RecordId>> {
        self.index(index)?.list_ids(namespace, prefix, after, limit)
    }

    fn count(&self, index: &IndexName, namespace: &NamespaceName, filter: Option<&Filter>) -> Result<u64> {
        self.index(index)?.count(namespace, filter)
    }

    fn project(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        selection: &Selection,
        dimensions: usize,
    ) -> Result<Mapped> {
        self.index(index)?.project(namespace, selection, dimensions)
    }

    fn outliers(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        selection: &Selection,
        neighbours: usize,
    ) -> Result<Vec<Outlier>> {
        self.index(index)?.outliers(namespace, selection, neighbours)
    }

    fn duplicates(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        filter: Option<&Filter>,
        limit: usize,
    ) -> Result<Vec<Vec<RecordId>>> {
        self.index(index)?.duplicates(namespace, filter, limit)
    }

    fn snapshot(&self, index: &IndexName, snapshot: &SnapshotName) -> Result<()> {
        self.snapshot(index, snapshot)
    }

    fn snapshots(&self) -> Result<Vec<SnapshotName>> {
        self.snapshots()
    }

    fn restore(&self, snapshot: &SnapshotName, index: &IndexName) -> Result<()> {
        self.restore(snapshot, index).map(drop)
    }

    fn drop_snapshot(&self, snapshot: &SnapshotName) -> Result<()> {
        self.drop_snapshot(snapshot)
    }
}
