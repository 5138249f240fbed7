//! Several queries at once. Where each of them looks at all rows of a part, one matrix product says which scores are worth
//! computing.

use super::{
    Answer,
    scan::{Best, Search, largest_first},
};
use crate::{
    error::Result,
    namespace::{Namespace, View},
    score::Outlook,
    segment::RowSet,
};
use conifer_ann::{Rows, multiply};
use std::{sync::Arc, time::Instant};

/// For fewer queries a product gains nothing.
const SEVERAL: usize = 4;
/// Nor does it where a filter leaves less than this part of the rows.
const MOST: u64 = 4;
/// Rows of which products are in memory at a time.
const BATCH: usize = 1024;

struct Running<'a> {
    search: Search<'a>,
    best: Best<'a>,
}

impl Running<'_> {
    fn end(mut self) -> Result<Answer> {
        self.search.scan_memory(&mut self.best);
        self.search.end(self.best)
    }
}

/// Answers all queries, each as if it were alone. They are about the same namespace.
pub fn run_all<'a>(namespace: &'a Namespace, searches: Vec<Search<'a>>) -> Result<Vec<Answer>> {
    let mut all: Vec<Running<'a>> = searches
        .into_iter()
        .map(|search| Running { best: Best::new(search.metric, search.query.top_k), search })
        .collect();
    for view in largest_first(namespace) {
        scan(view, &mut all)?;
    }
    all.into_iter().map(Running::end).collect()
}

fn scan<'a>(view: &'a View, all: &mut [Running<'a>]) -> Result<()> {
    let (mut together, mut alone) = (Vec::new(), Vec::new());
    for running in all {
        let rows = running.search.passing(view)?;
        let most = rows.count() * MOST >= u64::from(view.part.rows());
        let gains = most && running.search.is_dense() && running.search.near_for(view, &rows)?.is_none();
        if gains { together.push((running, rows)) } else { alone.push((running, rows)) }
    }
    if together.len() < SEVERAL {
        alone.append(&mut together);
    }
    for (Running { search, best }, rows) in alone {
        search.scan_part(view, &rows, best)?;
    }
    scan_together(view, &mut together)
}

fn scan_together<'a>(view: &'a View, all: &mut [(&mut Running<'a>, Arc<RowSet>)]) -> Result<()> {
    let start = Instant::now();
    let Some(dimension) = all.first().and_then(|(running, _)| Some(running.search.values.as_ref()?.len()))
    else {
        return Ok(());
    };
    let queries: Vec<f32> = all
        .iter()
        .flat_map(|(running, _)| running.search.values.iter())
        .flat_map(|v| v.iter().copied())
        .collect();
    let queries = Rows::new(&queries, dimension);
    let outlooks: Vec<Outlook> = all
        .iter()
        .zip(queries.iter())
        .map(|((running, _), query)| Outlook::new(running.search.metric, query))
        .collect();
    let count = view.part.rows() as usize;
    let mut products = vec![0.0; all.len() * BATCH.min(count)];
    for from in (0..count).step_by(BATCH) {
        let stored = Rows::new(view.part.matrix(from..count.min(from + BATCH))?, dimension);
        let products = &mut products[..all.len() * stored.len()];
        multiply(stored, queries, products);
        for (at, (values, products)) in stored.iter().zip(products.chunks_exact(all.len())).enumerate() {
            let row = view.part.row_at(from + at)?;
            let square = conifer_ann::kernels::dot(values, values);
            for (((running, rows), outlook), product) in all.iter_mut().zip(&outlooks).zip(products) {
                if rows.contains(row) && running.best.admits(outlook.best(*product, square)) {
                    let Running { search, best } = &mut **running;
                    search.offer(view, row, values, None, best)?;
                }
            }
        }
    }
    let took = start.elapsed() / all.len() as u32;
    for (running, rows) in all {
        running.search.explanation.scored += rows.count() as usize;
        running.search.explanation.took.rows += took;
    }
    Ok(())
}
