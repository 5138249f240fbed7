//! What can be written.

use super::{Index, commit::Request};
use crate::{
    error::{Error, Result, Thing},
    filter::Filter,
    invalid::{Invalid, Rule, check_length},
    limits,
    records::{NamespaceName, Patch, Record, RecordId},
};
use std::{collections::HashSet, sync::Arc};

/// A write that is on disk and visible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The place of the write in the order of all writes to its index.
    pub number: u64,
    /// How many records it made, changed or deleted.
    pub records: u64,
}

/// What to change in one namespace.
#[derive(Debug)]
pub enum Write {
    Upsert(Vec<Arc<Record>>),
    Update { id: RecordId, patch: Patch },
    UpdateMatching { filter: Filter, patch: Patch },
    Delete(Vec<RecordId>),
    DeleteMatching(Filter),
    DeleteAll,
    Create,
    Drop,
}

impl Index {
    /// Inserts records, or replaces those of the same id. Makes the namespace where it is missing.
    pub fn upsert(&self, namespace: &NamespaceName, records: Vec<Record>) -> Result<Written> {
        check_length("records", "records", (1, limits::UPSERT_RECORDS), records.len())?;
        for (position, record) in records.iter().enumerate() {
            let place = || format!("records[{position}]");
            self.spec.check_record(record).map_err(|invalid| invalid.within(place()))?;
        }
        check_unlike("records", records.iter().map(|record| &record.id))?;
        self.write(namespace, Write::Upsert(records.into_iter().map(Arc::new).collect()))
    }

    pub fn update(&self, namespace: &NamespaceName, id: &RecordId, patch: Patch) -> Result<Written> {
        self.spec.check_patch(&patch)?;
        self.write(namespace, Write::Update { id: id.clone(), patch })
    }

    pub fn update_matching(
        &self,
        namespace: &NamespaceName,
        filter: Filter,
        patch: Patch,
    ) -> Result<Written> {
        self.spec.check_patch(&patch)?;
        check_selective(&filter)?;
        self.write(namespace, Write::UpdateMatching { filter, patch })
    }

    /// Deletes what is there of these records.
    pub fn delete(&self, namespace: &NamespaceName, ids: Vec<RecordId>) -> Result<Written> {
        check_length("ids", "ids", (1, limits::DELETE_IDS), ids.len())?;
        self.write(namespace, Write::Delete(ids))
    }

    pub fn delete_matching(&self, namespace: &NamespaceName, filter: Filter) -> Result<Written> {
        check_selective(&filter)?;
        self.write(namespace, Write::DeleteMatching(filter))
    }

    /// Deletes all records. The namespace stays.
    pub fn delete_all(&self, namespace: &NamespaceName) -> Result<Written> {
        self.write(namespace, Write::DeleteAll)
    }

    pub fn create_namespace(&self, namespace: &NamespaceName) -> Result<Written> {
        self.write(namespace, Write::Create)
    }

    pub fn drop_namespace(&self, namespace: &NamespaceName) -> Result<Written> {
        self.write(namespace, Write::Drop)
    }

    fn write(&self, namespace: &NamespaceName, write: Write) -> Result<Written> {
        self.hold_back()?;
        self.commit(Request::new(namespace.clone(), write))
    }

    /// Keeps memory bounded when records come faster than they are flushed.
    fn hold_back(&self) -> Result<()> {
        let too_many = self.state().fresh_bytes > 4 * self.shared.settings.flush_bytes;
        if too_many { self.flush() } else { Ok(()) }
    }
}

/// Filters that match everything are more often a mistake than meant.
pub(super) fn check_selective(filter: &Filter) -> Result<(), Invalid> {
    if filter.is_everything() {
        return Err(Invalid::new("filter", Rule::Required { why: "at least one condition" }));
    }
    Ok(())
}

fn check_unlike<'a>(field: &str, ids: impl Iterator<Item = &'a RecordId>) -> Result<(), Invalid> {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id) {
            let found = format!("the id {:?}", id.as_str());
            return Err(Invalid::new(field, Rule::Repeated { found }));
        }
    }
    Ok(())
}

pub(super) fn no_record(id: &RecordId) -> Error {
    Error::NotFound { what: Thing::Record, name: id.to_string() }
}
