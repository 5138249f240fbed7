//! The state of one namespace at one moment. It never changes: a write makes the next state, which shares almost
//! everything with this one, and readers keep the one they began with.

mod block;
mod listing;
mod located;
mod table;
mod view;

pub use block::{BLOCK, Block, Live};
pub use located::Located;
pub use table::Table;
pub use view::View;

use crate::{
    error::Result,
    filter::Filter,
    records::{Record, RecordId},
};
use std::sync::Arc;

/// Every live record is in exactly one place: in `fresh`, in `frozen`, or in one part where it is not marked as deleted.
#[derive(Clone, Debug, Default)]
pub struct Namespace {
    /// Written since the log began.
    pub fresh: Table,
    /// What is being written to a segment.
    pub frozen: Option<Table>,
    pub parts: Vec<View>,
}

impl Namespace {
    pub fn get(&self, id: &str) -> Result<Option<Arc<Record>>> {
        if let Some(record) = self.tables().find_map(|table| table.get(id)) {
            return Ok(Some(Arc::clone(record)));
        }
        for view in &self.parts {
            if let Some(row) = view.row_of(id)? {
                return view.part.record(row).map(|record| Some(Arc::new(record)));
            }
        }
        Ok(None)
    }

    pub fn has(&self, id: &str) -> Result<bool> {
        if self.tables().any(|table| table.get(id).is_some()) {
            return Ok(true);
        }
        for view in &self.parts {
            if view.row_of(id)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub fn put(&mut self, record: &Arc<Record>) -> Result<()> {
        if !self.fresh.remove(record.id.as_str()) {
            self.remove_older(record.id.as_str())?;
        }
        self.fresh.insert(Arc::clone(record));
        Ok(())
    }

    /// Whether it was there.
    pub fn remove(&mut self, id: &str) -> Result<bool> {
        if self.fresh.remove(id) { Ok(true) } else { self.remove_older(id) }
    }

    fn remove_older(&mut self, id: &str) -> Result<bool> {
        if self.frozen.as_mut().is_some_and(|frozen| frozen.remove(id)) {
            return Ok(true);
        }
        for view in &mut self.parts {
            if let Some(row) = view.row_of(id)? {
                view.delete(row);
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub fn count(&self) -> u64 {
        let in_memory: u64 = self.tables().map(|table| table.len() as u64).sum();
        in_memory + self.parts.iter().map(View::count).sum::<u64>()
    }

    pub fn count_matching(&self, filter: &Filter) -> Result<u64> {
        let mut count = 0;
        for table in self.tables() {
            count += table.iter().filter(|record| filter.matches(&record.metadata)).count() as u64;
        }
        for view in &self.parts {
            count += view.matching(Some(filter))?.count();
        }
        Ok(count)
    }

    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        std::iter::once(&self.fresh).chain(&self.frozen)
    }

    /// The ids of the records that a filter matches.
    pub fn ids_matching(&self, filter: &Filter) -> Result<Vec<RecordId>> {
        let mut ids = Vec::new();
        self.visit(Some(filter), |found| {
            ids.push(found.id()?);
            Ok(())
        })?;
        Ok(ids)
    }
}
