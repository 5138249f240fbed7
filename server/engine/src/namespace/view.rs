//! A part, and which of its rows are deleted.

use crate::{
    error::Result,
    filter::Filter,
    records::RecordId,
    segment::{Part, RowSet},
};
use roaring::RoaringBitmap;
use std::sync::{Arc, OnceLock};

#[derive(Clone, Debug)]
pub struct View {
    pub part: Arc<Part>,
    deleted: Arc<RoaringBitmap>,
    /// The opposite of `deleted`, once somebody asked.
    live: OnceLock<Arc<RowSet>>,
}

impl View {
    pub fn new(part: Arc<Part>, deleted: RoaringBitmap) -> Self {
        Self { part, deleted: Arc::new(deleted), live: OnceLock::new() }
    }

    pub fn deleted(&self) -> &RoaringBitmap {
        &self.deleted
    }

    pub fn delete(&mut self, row: u32) {
        Arc::make_mut(&mut self.deleted).insert(row);
        self.live = OnceLock::new();
    }

    pub fn count(&self) -> u64 {
        u64::from(self.part.rows()) - self.deleted.len()
    }

    pub fn row_of(&self, id: &str) -> Result<Option<u32>> {
        Ok(self.part.row_of(id)?.filter(|row| !self.deleted.contains(*row)))
    }

    pub fn id(&self, row: u32) -> Result<RecordId> {
        Ok(RecordId::new(self.part.id(row)?)?)
    }

    /// The live rows that a filter matches.
    pub fn matching(&self, filter: Option<&Filter>) -> Result<Arc<RowSet>> {
        let Some(filter) = filter else { return Ok(Arc::clone(self.live())) };
        let mut matching = self.part.matching(filter)?;
        if !self.deleted.is_empty() {
            matching.keep(self.live());
        }
        Ok(Arc::new(matching))
    }

    fn live(&self) -> &Arc<RowSet> {
        self.live.get_or_init(|| {
            let mut live = RowSet::all(self.part.rows());
            self.deleted.iter().for_each(|row| live.remove(row));
            Arc::new(live)
        })
    }
}
