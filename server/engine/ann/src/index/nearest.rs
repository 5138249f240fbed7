//! The cells in the order of their distance to a query, worked out no further than they are asked for.

use super::Index;
use crate::{
    codes::{Codes, Table},
    kernels::{BLOCK, Level, squared_distance},
};

/// From so many cells on, their distances are estimated from codes first.
pub const CODED_FROM: usize = 128;
/// Cells whose distances are measured at a time, at first; twice as many each time after.
const FIRST: usize = 32;

/// How many errors an estimate may be off before a cell is missed for it.
const ERRORS: f32 = 1.5;

pub struct Nearest<'a> {
    index: &'a Index,
    query: &'a [f32],
    /// Not measured yet, with the least that the distance can be.
    left: Vec<(f32, u32)>,
    /// The least of those.
    floor: f32,
    /// Measured, the nearest last.
    ready: Vec<(f32, u32)>,
    step: usize,
}

impl<'a> Nearest<'a> {
    pub fn new(index: &'a Index, query: &'a [f32], table: &Table) -> Self {
        let count = index.cells.len();
        let (left, step) = match &index.centroid_codes {
            Some(codes) => (estimate(codes, table, count, query), FIRST),
            None => ((0..count as u32).map(|cell| (0.0, cell)).collect(), count),
        };
        let mut nearest = Self { index, query, left, floor: 0.0, ready: Vec::new(), step };
        nearest.measure_more();
        nearest
    }

    /// The squared distance of the query to the next cell's centroid, and the cell; none when no other is within the limit.
    pub fn next_within(&mut self, limit: f32) -> Option<(f32, u32)> {
        while self.ready.last().is_none_or(|(base, _)| *base > limit) {
            if self.left.is_empty() || self.floor > limit {
                return None;
            }
            self.measure_more();
        }
        self.ready.pop()
    }

    /// The cell that is likely to come next.
    pub fn peek(&self) -> Option<u32> {
        self.ready.last().map(|(_, cell)| *cell)
    }

    fn measure_more(&mut self) {
        let count = self.step.min(self.left.len());
        self.step *= 2;
        if count < self.left.len() {
            let (_, least, _) = self.left.select_nth_unstable_by(count, |a, b| a.0.total_cmp(&b.0));
            self.floor = least.0;
        }
        let measure = |(_, cell): (f32, u32)| (squared_distance(self.query, self.index.centroid(cell)), cell);
        self.ready.extend(self.left.drain(..count).map(measure));
        self.ready.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    }
}

/// The codes of centroids stand around zero.
pub fn code(centroids: &[f32], dimension: usize) -> Option<Codes> {
    let zero = vec![0.0; dimension];
    let centroids = centroids.chunks_exact(dimension);
    (centroids.len() >= CODED_FROM).then(|| {
        let mut codes = Codes::new(dimension);
        centroids.for_each(|centroid| codes.push(centroid, &zero));
        codes
    })
}

fn estimate(codes: &Codes, table: &Table, count: usize, query: &[f32]) -> Vec<(f32, u32)> {
    let level = Level::best();
    let aim = table.aim(crate::kernels::dot(query, query), ERRORS);
    let (mut sums, mut least) = ([0; BLOCK], [0.0; BLOCK]);
    let mut all = Vec::with_capacity(codes.blocks() * BLOCK);
    for at in 0..codes.blocks() {
        let block = codes.block(at);
        level.sums(block.bytes, table.bytes(), &mut sums);
        level.candidates(&sums, block.factors, aim, 0.0, &mut least);
        all.extend(least.iter().copied().zip((at * BLOCK) as u32..));
    }
    all.truncate(count);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Build, Metric, Rows};
    use rand::{Rng, SeedableRng, rngs::SmallRng};

    const DIMENSION: usize = 64;
    const CELLS: usize = 600;

    #[test]
    fn what_is_within_a_limit_comes_though_its_estimate_was_off() {
        let mut random = SmallRng::seed_from_u64(5);
        let values: Vec<f32> = (0..6000 * DIMENSION).map(|_| random.random::<f32>() - 0.5).collect();
        let rows = Rows::new(&values, DIMENSION);
        let (index, _) = Index::build(rows, Build { cells: Some(CELLS), ..Build::new(Metric::Euclidean) });
        let (mut there, mut found) = (0, 0);
        for query in rows.iter().take(50) {
            let mut exact = index.cell_distances(query);
            exact.sort_unstable_by(f32::total_cmp);
            let limit = exact[20];
            let point = index.point(query);
            let mut nearest = Nearest::new(&index, &point, &Table::new(&point));
            let came: Vec<_> = std::iter::from_fn(|| nearest.next_within(limit)).collect();
            assert!(came.iter().all(|(base, _)| *base <= limit), "{came:?}");
            there += exact.iter().filter(|base| **base <= limit).count();
            found += came.len();
        }
        assert!(found * 100 >= there * 97, "{found} of {there}");
    }

    #[test]
    fn without_a_limit_each_cell_comes_once() {
        let values: Vec<f32> = (0..300).flat_map(|at| [at as f32, 1.0]).collect();
        let rows = Rows::new(&values, 2);
        let (index, _) = Index::build(rows, Build { cells: Some(150), ..Build::new(Metric::Euclidean) });
        let point = index.point(&[7.0, 1.0]);
        let mut nearest = Nearest::new(&index, &point, &Table::new(&point));
        let mut came: Vec<_> = std::iter::from_fn(|| nearest.next_within(f32::INFINITY)).collect();
        came.sort_unstable_by_key(|(_, cell)| *cell);
        assert!(came.iter().map(|(_, cell)| *cell).eq(0..index.cells.len() as u32));
    }
}
