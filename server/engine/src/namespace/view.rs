//! A part, and which of its rows are deleted.

use crate::{error::Result, filter::Filter, records::RecordId, segment::Part};
use roaring::RoaringBitmap;
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct View {
    pub part: Arc<Part>,
    pub deleted: Arc<RoaringBitmap>,
}

impl View {
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
    pub fn matching(&self, filter: Option<&Filter>) -> Result<RoaringBitmap> {
        let matching = match filter {
            Some(filter) => self.part.matching(filter)?,
            None => {
                let mut all = RoaringBitmap::new();
                all.insert_range(0..self.part.rows());
                all
            }
        };
        Ok(matching - &*self.deleted)
    }
}
