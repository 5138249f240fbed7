//! Exact search: every record that passes the filter is scored.

use super::{Answer, Explanation, Match, Query, Target};
use crate::{
    error::{Error, Result, Thing},
    namespace::{Namespace, Table, View},
    records::{Record, RecordId, SparseValues, Values},
    score::{Dense, Found, Metric, Top, held, sparse_dot},
    segment::RowSet,
};
use conifer_ann::Prepared;
use std::{cmp::Reverse, sync::Arc, time::Instant};

pub struct Search<'a> {
    namespace: &'a Namespace,
    pub(super) query: &'a Query,
    pub(super) metric: Metric,
    pub(super) values: Option<Values>,
    pub(super) recall: f32,
    /// Of all parts.
    pub(super) all_rows: u64,
    pub(super) explanation: Explanation,
    pub(super) prepared: Option<Prepared>,
    dense: Option<Dense>,
    pub(super) sparse: Option<SparseValues>,
}

/// Where a match lies.
pub(super) enum Place<'a> {
    Memory(&'a Arc<Record>),
    Stored(&'a View, u32),
}

pub(super) type Best<'a> = Top<&'a str, Place<'a>>;

impl<'a> Search<'a> {
    pub fn new(metric: Metric, recall: f32, namespace: &'a Namespace, query: &'a Query) -> Result<Self> {
        let (values, sparse) = target(namespace, &query.target)?;
        let dense = values.as_ref().map(|values| Dense::new(metric, values));
        let explanation = Explanation { segments: namespace.parts.len(), ..Explanation::nothing() };
        let all_rows = namespace.parts.iter().map(|view| u64::from(view.part.rows())).sum();
        Ok(Self {
            namespace,
            query,
            metric,
            values,
            recall,
            all_rows,
            explanation,
            prepared: None,
            dense,
            sparse,
        })
    }

    pub fn run(mut self) -> Result<Answer> {
        let mut best = Top::new(self.metric, self.query.top_k);
        for view in largest_first(self.namespace) {
            let rows = self.passing(view)?;
            self.scan_part(view, &rows, &mut best)?;
        }
        self.scan_memory(&mut best);
        self.end(best)
    }

    /// Looks at what is in memory: last, when it is known how good a match must be.
    pub(super) fn scan_memory(&mut self, best: &mut Best<'a>) {
        let start = Instant::now();
        self.namespace.tables().for_each(|table| self.scan_table(table, best));
        self.explanation.took.memory = start.elapsed();
    }

    pub(super) fn end(mut self, best: Best<'a>) -> Result<Answer> {
        let start = Instant::now();
        let matches: Result<_> = best.into_sorted().into_iter().map(|found| self.matched(found)).collect();
        self.explanation.took.matches = start.elapsed();
        Ok(Answer { matches: matches?, explanation: self.explanation })
    }

    fn scan_table(&mut self, table: &'a Table, best: &mut Best<'a>) {
        let query = self.query;
        if query.filter.is_some() || !self.goes_by_index() {
            let passes = |record: &&Arc<Record>| {
                query.filter.as_ref().is_none_or(|filter| filter.matches(&record.metadata))
            };
            return table.iter().filter(passes).for_each(|record| self.offer_record(record, best));
        }
        for (block, live) in table.blocks() {
            if !self.scan_block(block, live, best) {
                block.live(live).for_each(|record| self.offer_record(record, best));
            }
        }
        table.tail().for_each(|record| self.offer_record(record, best));
    }

    pub(super) fn offer_record(&mut self, record: &'a Arc<Record>, best: &mut Best<'a>) {
        let shared = self.sparse.as_ref().zip(record.sparse.as_ref()).and_then(|(a, b)| sparse_dot(a, b));
        self.explanation.scored += 1;
        if let Some(score) = self.score(record.values.as_deref().unwrap_or(&[]), shared) {
            best.offer(Found { score, id: record.id.as_str(), what: Place::Memory(record) });
        }
    }

    pub(super) fn passing(&mut self, view: &'a View) -> Result<Arc<RowSet>> {
        let start = Instant::now();
        let rows = view.matching(self.query.filter.as_ref());
        self.explanation.took.filter += start.elapsed();
        rows
    }

    /// Looks at rows of a part, by its index where that is of use.
    pub(super) fn scan_part(&mut self, view: &'a View, rows: &RowSet, best: &mut Best<'a>) -> Result<()> {
        let start = Instant::now();
        if let Some(near) = self.near_for(view, rows)? {
            self.scan_near(view, &near, rows, best)?;
            self.explanation.took.cells += start.elapsed();
        } else {
            self.scan_rows(view, rows, best)?;
            self.explanation.took.rows += start.elapsed();
        }
        Ok(())
    }

    fn scan_rows(&mut self, view: &'a View, rows: &RowSet, best: &mut Best<'a>) -> Result<()> {
        let dots = self.sparse.as_ref().map(|sparse| view.part.sparse_dots(sparse)).transpose()?;
        self.explanation.scored += rows.count() as usize;
        for row in rows.iter() {
            let shared = dots.as_ref().map(|dots| dots[row as usize]).filter(|dot| !dot.is_nan());
            let values = if self.dense.is_some() { view.part.values(row)? } else { &[] };
            self.offer(view, row, values, shared, best)?;
        }
        Ok(())
    }

    /// Scores one row of a part.
    pub(super) fn offer(
        &self,
        view: &'a View,
        row: u32,
        values: &[f32],
        shared: Option<f64>,
        best: &mut Best<'a>,
    ) -> Result<()> {
        if let Some(score) = self.score(values, shared)
            && best.admits(score)
        {
            best.offer(Found { score, id: view.part.id(row)?, what: Place::Stored(view, row) });
        }
        Ok(())
    }

    /// Whether dense values alone say what a score is.
    pub(super) fn is_dense(&self) -> bool {
        self.dense.is_some() && self.sparse.is_none()
    }

    pub(super) fn score(&self, values: &[f32], shared: Option<f64>) -> Option<f32> {
        match (&self.dense, shared) {
            (Some(dense), None) => Some(dense.score(values)),
            (Some(dense), Some(shared)) => Some(held(f64::from(dense.score(values)) + shared)),
            (None, shared) => shared.map(held),
        }
    }

    fn matched(&self, found: Found<&str, Place<'_>>) -> Result<Match> {
        let Query { include_values, include_metadata, .. } = *self.query;
        let (values, sparse, metadata) = match found.what {
            Place::Memory(record) => (
                record.values.clone().filter(|_| include_values),
                record.sparse.clone().filter(|_| include_values),
                include_metadata.then(|| record.metadata.clone()),
            ),
            Place::Stored(View { part, .. }, row) => (
                if include_values { stored_values(part.values(row)?)? } else { None },
                if include_values { part.sparse(row)? } else { None },
                if include_metadata { Some(part.metadata(row)?) } else { None },
            ),
        };
        Ok(Match { id: RecordId::new(found.id)?, score: found.score, values, sparse, metadata })
    }
}

/// What is found in a large part spares looking at much of the others.
pub(super) fn largest_first(namespace: &Namespace) -> Vec<&View> {
    let mut views: Vec<&View> = namespace.parts.iter().collect();
    views.sort_unstable_by_key(|view| Reverse(view.part.rows()));
    views
}

fn target(namespace: &Namespace, target: &Target) -> Result<(Option<Values>, Option<SparseValues>)> {
    match target {
        Target::Vector { values, sparse } => Ok((values.clone(), sparse.clone())),
        Target::Id(id) => match namespace.get(id.as_str())? {
            Some(record) => Ok((record.values.clone(), record.sparse.clone())),
            None => Err(Error::NotFound { what: Thing::Record, name: id.to_string() }),
        },
    }
}

fn stored_values(values: &[f32]) -> Result<Option<Values>> {
    Ok(if values.is_empty() { None } else { Some(Values::new(values)?) })
}
