//! Records in memory, in the order of their ids. Copies share what they have in common.

use crate::records::{Record, RecordId};
use rpds::RedBlackTreeMapSync;
use std::{fmt, ops::Bound, sync::Arc};

#[derive(Clone, Default)]
pub struct Table {
    records: RedBlackTreeMapSync<RecordId, Arc<Record>>,
    bytes: usize,
}

impl Table {
    pub fn get(&self, id: &str) -> Option<&Arc<Record>> {
        self.records.get(id)
    }

    /// The id must not be there.
    pub fn insert(&mut self, record: Arc<Record>) {
        self.bytes += record.bytes();
        self.records.insert_mut(record.id.clone(), record);
    }

    pub fn remove(&mut self, id: &str) -> bool {
        let Some(record) = self.records.get(id) else { return false };
        self.bytes -= record.bytes();
        self.records.remove_mut(id)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.records.values()
    }

    /// From the first id that is not less than this.
    pub fn iter_from<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Arc<Record>> {
        self.records.range::<str, _>((Bound::Included(id), Bound::Unbounded)).map(|(_, record)| record)
    }

    pub fn len(&self) -> usize {
        self.records.size()
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table of {}", self.len())
    }
}
