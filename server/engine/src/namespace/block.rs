//! Records in memory, many at a time: an index of near vectors over every two hundred and fifty-six, so that a query need
//! not look at each of them.

use crate::{
    records::Record,
    score::{Metric, is_ordinary},
};
use conifer_ann::{Build, Index, Mask, Prepared, Rows, Search, Trace};
use std::sync::Arc;

/// Records of one block. Fewer are looked at one by one.
pub const BLOCK: usize = 256;

/// A bit for each record of a block that is still there.
pub type Live = [u64; BLOCK / 64];

pub const ALL: Live = [u64::MAX; BLOCK / 64];

/// Its records never change; some are replaced or deleted later.
pub struct Block {
    records: Vec<Arc<Record>>,
    near: Option<Near>,
}

struct Near {
    index: Index,
    /// In the order of the positions.
    values: Vec<f32>,
    /// The record at each position.
    order: Vec<u32>,
}

impl Block {
    pub fn new(records: Vec<Arc<Record>>, metric: Metric) -> Self {
        let near = Near::over(&records, metric);
        Self { records, near }
    }

    /// Those of `live` that are near, where there is an index over all records that says so.
    pub fn near(
        &self,
        live: &Live,
        search: Search<'_>,
        prepared: &mut Option<Prepared>,
    ) -> Option<(Vec<&Arc<Record>>, Trace)> {
        let near = self.near.as_ref()?;
        let count = live.iter().map(|word| word.count_ones() as usize).sum();
        let mask = (*live != ALL).then_some(Mask { rows: live, order: &near.order, count });
        let search = Search { mask, ..search };
        let prepared = near.index.prepared(search.query, prepared);
        let rows = Rows::new(&near.values, near.index.dimension());
        let (positions, trace) = near.index.search_prepared(rows, search, prepared);
        let record = |at: u32| &self.records[near.order[at as usize] as usize];
        Some((positions.into_iter().map(record).collect(), trace))
    }

    pub fn live<'a>(&'a self, live: &'a Live) -> impl Iterator<Item = &'a Arc<Record>> {
        let is_live = |at: usize| live[at / 64] >> (at % 64) & 1 == 1;
        self.records.iter().enumerate().filter(move |(at, _)| is_live(*at)).map(|(_, record)| record)
    }
}

impl Near {
    /// None where records without dense values, or with such as cannot be summed in `f32`, are among them.
    fn over(records: &[Arc<Record>], metric: Metric) -> Option<Self> {
        let mut values = Vec::new();
        if records.is_empty() {
            return None;
        }
        for record in records {
            values.extend_from_slice(record.values.as_deref().filter(|values| is_ordinary(values))?);
        }
        let dimension = values.len() / records.len();
        let rows = Rows::new(&values, dimension);
        // So few are not worth being told apart.
        let (index, order) = Index::build(rows, Build { cells: Some(1), ..Build::new(metric.into()) });
        let values = order.iter().flat_map(|row| rows.row(*row as usize)).copied().collect();
        Some(Self { index, values, order })
    }
}
