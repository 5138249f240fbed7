//! Search in a part that has an index of near vectors: it proposes records, and these are scored like all others.

use super::scan::{Best, Search};
use crate::{
    error::Result,
    namespace::View,
    score::is_ordinary,
    segment::{Near, RowSet},
};
use conifer_ann::Mask;

/// So many records are looked at one by one, rather than by the index.
const FEW: u64 = 1_000;
/// And so is this share of a part, as a filter that leaves less leaves little of each cell.
const SHARE: u64 = 50;

impl<'a> Search<'a> {
    /// The index of a part, where it is of use.
    pub(super) fn near_for(&self, view: &'a View, rows: &RowSet) -> Result<Option<Near<'a>>> {
        let few = FEW.max(u64::from(view.part.rows()) / SHARE).max(2 * self.query.top_k as u64);
        // A sum with sparse values has another order than the dense values alone.
        let by_all = self.query.exact || self.sparse.is_some() || rows.count() <= few;
        let ordinary = self.values.as_ref().is_some_and(|values| is_ordinary(values));
        if by_all || !ordinary { Ok(None) } else { view.part.near() }
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
        let search = conifer_ann::Search {
            query: self.values.as_deref().unwrap_or(&[]),
            k: self.query.top_k,
            recall: self.recall,
            mask: (!all).then_some(Mask { rows: rows.words(), order: near.rows, count }),
            bound: best.bound(),
            share: near.rows.len() as f32 / self.all_rows.max(1) as f32,
        };
        let (positions, trace) = near.index.search(near.values, search);
        for position in &positions {
            let row = near.rows[*position as usize];
            self.offer(view, row, near.values.row(*position as usize), None, best)?;
        }
        self.explanation.exact = false;
        self.explanation.cells += trace.cells;
        self.explanation.estimated += trace.estimated;
        self.explanation.scored += trace.measured;
        Ok(())
    }
}
