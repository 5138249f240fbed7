//! What a vector engine does, whichever it is.

use crate::{
    engine::Engine,
    error::Result,
    filter::Filter,
    index::{IndexSpec, NamespaceCount, Page, Written},
    records::{IndexName, NamespaceName, Patch, Record, RecordId, SnapshotName},
    search::{Match, Query},
};
use std::sync::Arc;

pub trait VectorEngine: Send + Sync {
    fn create_index(&self, index: &IndexName, spec: IndexSpec) -> Result<()>;
    fn drop_index(&self, index: &IndexName) -> Result<()>;
    fn indexes(&self) -> Result<Vec<(IndexName, IndexSpec)>>;

    fn create_namespace(&self, index: &IndexName, namespace: &NamespaceName) -> Result<Written>;
    fn drop_namespace(&self, index: &IndexName, namespace: &NamespaceName) -> Result<Written>;
    fn namespaces(
        &self,
        index: &IndexName,
        prefix: &str,
        after: Option<&NamespaceName>,
        limit: usize,
    ) -> Result<Page<NamespaceCount, NamespaceName>>;

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

    fn query(&self, index: &IndexName, namespace: &NamespaceName, query: &Query) -> Result<Vec<Match>>;
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
    fn list_ids(
        &self,
        index: &IndexName,
        namespace: &NamespaceName,
        prefix: &str,
        after: Option<&RecordId>,
        limit: usize,
    ) -> Result<Page<RecordId, RecordId>>;
    fn count(&self, index: &IndexName, namespace: &NamespaceName, filter: Option<&Filter>) -> Result<u64>;

    fn snapshot(&self, index: &IndexName, snapshot: &SnapshotName) -> Result<()>;
    fn snapshots(&self) -> Result<Vec<SnapshotName>>;
    fn restore(&self, snapshot: &SnapshotName, index: &IndexName) -> Result<()>;
    fn drop_snapshot(&self, snapshot: &SnapshotName) -> Result<()>;
}

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

    fn query(&self, index: &IndexName, namespace: &NamespaceName, query: &Query) -> Result<Vec<Match>> {
        self.index(index)?.query(namespace, query)
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
