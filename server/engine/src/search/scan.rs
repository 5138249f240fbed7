//! Exact search: every record that passes the filter is scored.

use super::{Explanation, Match, Query, Target};
use crate::{
    error::{Error, Result, Thing},
    namespace::{Namespace, Table, View},
    records::{Record, RecordId, SparseValues, Values},
    score::{Dense, Found, Metric, Top, held, sparse_dot},
};
use std::sync::Arc;

pub struct Search<'a> {
    namespace: &'a Namespace,
    pub(super) query: &'a Query,
    pub(super) metric: Metric,
    pub(super) values: Option<Values>,
    pub(super) recall: f32,
    pub(super) explanation: Explanation,
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
        let explanation = Explanation { exact: true, ..Explanation::default() };
        Ok(Self { namespace, query, metric, values, recall, explanation, dense, sparse })
    }

    pub fn run(mut self) -> Result<(Vec<Match>, Explanation)> {
        let namespace = self.namespace;
        let mut best = Top::new(self.metric, self.query.top_k);
        namespace.tables().for_each(|table| self.scan_table(table, &mut best));
        namespace.parts.iter().try_for_each(|view| self.scan_part(view, &mut best))?;
        self.explanation.segments = namespace.parts.len();
        let matches: Result<_> = best.into_sorted().into_iter().map(|found| self.matched(found)).collect();
        Ok((matches?, self.explanation))
    }

    fn scan_table(&mut self, table: &'a Table, best: &mut Best<'a>) {
        let query = self.query;
        let passes = |record: &&Arc<Record>| {
            query.filter.as_ref().is_none_or(|filter| filter.matches(&record.metadata))
        };
        for record in table.iter().filter(passes) {
            let shared = self.sparse.as_ref().zip(record.sparse.as_ref()).and_then(|(a, b)| sparse_dot(a, b));
            self.explanation.scored += 1;
            if let Some(score) = self.score(record.values.as_deref().unwrap_or(&[]), shared) {
                best.offer(Found { score, id: record.id.as_str(), what: Place::Memory(record) });
            }
        }
    }

    fn scan_part(&mut self, view: &'a View, best: &mut Best<'a>) -> Result<()> {
        let rows = view.matching(self.query.filter.as_ref())?;
        if let Some(near) = self.near_for(view, &rows)? {
            return self.scan_near(view, &near, &rows, best);
        }
        let dots = self.sparse.as_ref().map(|sparse| view.part.sparse_dots(sparse)).transpose()?;
        self.explanation.scored += rows.len() as usize;
        for row in rows {
            let shared = dots.as_ref().map(|dots| dots[row as usize]).filter(|dot| !dot.is_nan());
            let values = if self.dense.is_some() { view.part.values(row)? } else { &[] };
            if let Some(score) = self.score(values, shared)
                && best.admits(score)
            {
                best.offer(Found { score, id: view.part.id(row)?, what: Place::Stored(view, row) });
            }
        }
        Ok(())
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
