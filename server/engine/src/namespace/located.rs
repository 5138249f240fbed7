//! Records where they lie, without making a copy.

use super::{Namespace, View};
use crate::{
    error::Result,
    filter::Filter,
    records::{Record, RecordId},
};

#[derive(Clone, Copy)]
pub enum Located<'a> {
    Memory(&'a Record),
    Stored(&'a View, u32),
}

impl<'a> Located<'a> {
    pub fn id(self) -> Result<RecordId> {
        match self {
            Self::Memory(record) => Ok(record.id.clone()),
            Self::Stored(view, row) => view.id(row),
        }
    }

    /// Dense ones; none for a record that has only sparse ones.
    pub fn values(self) -> Result<&'a [f32]> {
        match self {
            Self::Memory(record) => Ok(record.values.as_deref().unwrap_or(&[])),
            Self::Stored(view, row) => view.part.values(row),
        }
    }
}

impl Namespace {
    /// Visits all records that match, in no particular order.
    pub fn visit<'a>(
        &'a self,
        filter: Option<&Filter>,
        mut visit: impl FnMut(Located<'a>) -> Result<()>,
    ) -> Result<()> {
        for table in self.tables() {
            for record in table.iter().filter(|record| filter.is_none_or(|f| f.matches(&record.metadata))) {
                visit(Located::Memory(record))?;
            }
        }
        for view in &self.parts {
            for row in view.matching(filter)?.iter() {
                visit(Located::Stored(view, row))?;
            }
        }
        Ok(())
    }
}
