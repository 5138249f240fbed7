//! Search in a part that has an index of near vectors: it proposes records, and these are scored like all others.

use super::scan::{Best, Search};
use crate::{
    error::Result,
    namespace::{BLOCK, Block, Live, View},
    records::Values,
    score::is_ordinary,
    segment::{Near, RowSet},
};
use conifer_ann::{Mask, Trace};

/// So many records are looked at one by one, rather than by the index.
const FEW: u64 = 1_000;
/// And so is this share of a part, as a filter that leaves less leaves little of each cell.
const SHARE: u64 = 50;

impl<'a> Search<'a> {
    /// The index of a part, where it is of use.
    pub(super) fn near_for(&self, view: &'a View, rows: &RowSet) -> Result<Option<Near<'a>>> {
        let few = FEW.max(u64::from(view.part.rows()) / SHARE).max(2 * self.query.top_k as u64);
        if rows.count() <= few || !self.goes_by_index() { Ok(None) } else { view.part.near() }
    }

    /// Whether an index of near vectors may say what to look at. A sum with sparse values has another order than the dense
    /// values alone.
    pub(super) fn goes_by_index(&self) -> bool {
        let ordinary = || self.values.as_ref().is_some_and(|values| is_ordinary(values));
        !self.query.exact && self.sparse.is_none() && ordinary()
    }

    pub(super) fn scan_near(
        &mut self,
        view: &'a View,
        near: &Near<'a>,
        rows: &RowSet,
        best: &mut Best<'a>,
    ) -> Result<()> {
        let count = rows.count() as usize;
        let all = count == near.rows.len();
        let mask = (!all).then_some(Mask { rows: rows.words(), order: near.rows, count });
        let values = self.values.clone();
        let search = conifer_ann::Search { mask, ..self.near_search(&values, near.rows.len(), best) };
        let prepared = near.index.prepared(search.query, &mut self.prepared);
        let (positions, trace) = near.index.search_prepared(near.values, search, prepared);
        for position in &positions {
            let row = near.rows[*position as usize];
            self.offer(view, row, near.values.row(*position as usize), None, best)?;
        }
        self.note(trace);
        Ok(())
    }

    /// The same among records in memory. False where they have no index.
    pub(super) fn scan_block(&mut self, block: &'a Block, live: &'a Live, best: &mut Best<'a>) -> bool {
        let values = self.values.clone();
        let search = self.near_search(&values, BLOCK, best);
        let Some((near, trace)) = block.near(live, search, &mut self.prepared) else { return false };
        self.note(trace);
        near.into_iter().for_each(|record| self.offer_record(record, best));
        true
    }

    fn near_search<'s>(
        &self,
        values: &'s Option<Values>,
        rows: usize,
        best: &Best<'a>,
    ) -> conifer_ann::Search<'s> {
        conifer_ann::Search {
            query: values.as_deref().unwrap_or(&[]),
            k: self.query.top_k,
            recall: self.recall,
            mask: None,
            bound: best.bound(),
            share: rows as f32 / self.all_rows.max(rows as u64) as f32,
        }
    }

    fn note(&mut self, trace: Trace) {
        self.explanation.exact = false;
        self.explanation.cells += trace.cells;
        self.explanation.estimated += trace.estimated;
        self.explanation.scored += trace.measured;
    }
}
