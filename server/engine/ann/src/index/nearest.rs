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

pub struct Nearest<'a> {
    index: &'a Index,
    query: &'a [f32],
    /// Not measured yet, with an estimate each.
    left: Vec<(f32, u32)>,
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
        Self { index, query, left, ready: Vec::new(), step }
    }

    fn measure_more(&mut self) {
        let count = self.step.min(self.left.len());
        self.step *= 2;
        if count < self.left.len() {
            self.left.select_nth_unstable_by(count, |a, b| a.0.total_cmp(&b.0));
        }
        let measure = |(_, cell): (f32, u32)| (squared_distance(self.query, self.index.centroid(cell)), cell);
        self.ready = self.left.drain(..count).map(measure).collect();
        self.ready.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    }
}

/// The squared distance of the query to the cell's centroid, and the cell.
impl Iterator for Nearest<'_> {
    type Item = (f32, u32);

    fn next(&mut self) -> Option<(f32, u32)> {
        if self.ready.is_empty() {
            self.measure_more();
        }
        self.ready.pop()
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
    let aim = table.aim(crate::kernels::dot(query, query), 0.0);
    let (mut sums, mut estimates) = ([0; BLOCK], [0.0; BLOCK]);
    let mut all = Vec::with_capacity(codes.blocks() * BLOCK);
    for at in 0..codes.blocks() {
        let block = codes.block(at);
        level.sums(block.bytes, table.bytes(), &mut sums);
        level.candidates(&sums, block.factors, aim, 0.0, &mut estimates);
        all.extend(estimates.iter().zip((at * BLOCK) as u32..).map(|(estimate, cell)| (*estimate, cell)));
    }
    all.truncate(count);
    all
}
