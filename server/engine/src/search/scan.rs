//! Exact search: every record that passes the filter is scored.

use super::{Match, Query, Target};
use crate::{
    error::{Error, Result, Thing},
    namespace::{Namespace, Table, View},
    records::{Record, RecordId, SparseValues, Values},
    score::{Dense, Found, Metric, Top, held, sparse_dot},
};
use std::sync::Arc;

pub struct Search<'a> {
    namespace: &'a Namespace,
    query: &'a Query,
    metric: Metric,
    dense: Option<Dense>,
    sparse: Option<SparseValues>,
}

/// Where a match lies.
enum Place<'a> {
    Memory(&'a Arc<Record>),
    Stored(&'a View, u32),
}

type Best<'a> = Top<&'a str, Place<'a>>;

impl<'a> Search<'a> {
    pub fn new(metric: Metric, namespace: &'a Namespace, query: &'a Query) -> Result<Self> {
        let (values, sparse) = target(namespace, &query.target)?;
        let dense = values.map(|values| Dense::new(metric, &values));
        Ok(Self { namespace, query, metric, dense, sparse })
    }

    pub fn run(&self) -> Result<Vec<Match>> {
        let mut best = Top::new(self.metric, self.query.top_k);
        self.namespace.tables().for_each(|table| self.scan_table(table, &mut best));
        self.namespace.parts.iter().try_for_each(|view| self.scan_part(view, &mut best))?;
        best.into_sorted().into_iter().map(|found| self.matched(found)).collect()
    }

    fn scan_table(&self, table: &'a Table, best: &mut Best<'a>) {
        let passes = |record: &&Arc<Record>| {
            self.query.filter.as_ref().is_none_or(|filter| filter.matches(&record.metadata))
        };
        for record in table.iter().filter(passes) {
            let shared = self.sparse.as_ref().zip(record.sparse.as_ref()).and_then(|(a, b)| sparse_dot(a, b));
            if let Some(score) = self.score(record.values.as_deref().unwrap_or(&[]), shared) {
                best.offer(Found { score, id: record.id.as_str(), what: Place::Memory(record) });
            }
        }
    }

    fn scan_part(&self, view: &'a View, best: &mut Best<'a>) -> Result<()> {
        let dots = self.sparse.as_ref().map(|sparse| view.part.sparse_dots(sparse)).transpose()?;
        for row in view.matching(self.query.filter.as_ref())? {
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

    fn score(&self, values: &[f32], shared: Option<f64>) -> Option<f32> {
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
