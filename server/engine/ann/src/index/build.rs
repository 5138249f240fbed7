//! From rows to cells and codes.

use super::{Cell, Dial, Index, nearest};
use crate::{
    Rows,
    codes::{Codes, FineCodes},
    geometry::Geometry,
    geometry::Metric,
    kmeans,
    rotation::Rotation,
};
use std::{borrow::Cow, ops::Range};

/// How to build.
#[derive(Clone, Copy, Debug)]
pub struct Build {
    pub metric: Metric,
    /// Chosen by the number of rows when none is given.
    pub cells: Option<usize>,
    pub seed: u64,
}

/// Points that are rotated at a time.
const BATCH: usize = 1024;
/// So many numbers of points are kept while an index is built. Of more, each is worked out whenever it is needed.
const KEPT_MAX: usize = 32 << 20;

impl Build {
    pub fn new(metric: Metric) -> Self {
        Self { metric, cells: None, seed: 0x5eed }
    }

    fn cells(&self, rows: usize) -> usize {
        let root = (rows as f32).sqrt();
        let by_rows = if rows < 100_000 { root } else { 4.0 * root };
        self.cells.unwrap_or(by_rows as usize)
    }
}

impl Index {
    /// The index, and the row that belongs at each position.
    pub fn build(rows: Rows<'_>, build: Build) -> (Self, Vec<u32>) {
        let geometry = Geometry::of(build.metric, rows.dimension(), rows.iter());
        let rotation = Rotation::random(geometry.dimension(), build.seed);
        let points = Points::new(rows, geometry, &rotation);
        let centroids = points.centroids(build.cells(rows.len()), build.seed);
        let (cells, order) = group(&points.nearest(&centroids), centroids.len() / rotation.dimension());
        let (codes, fine, cells) = points.code(&centroids, cells, &order);
        let centroid_codes = nearest::code(&centroids, rotation.dimension());
        let mut index =
            Self { geometry, rotation, centroids, centroid_codes, cells, codes, fine, dial: Dial::OPEN };
        // A single cell is always opened.
        if index.cells.len() > 1 {
            index.dial = Dial::measure(&index, rows, &order, build.seed);
        }
        (index, order)
    }
}

/// Rows as rotated points.
struct Points<'a> {
    rows: Rows<'a>,
    geometry: Geometry,
    rotation: &'a Rotation,
    /// All of them, where they are few.
    kept: Vec<f32>,
}

impl<'a> Points<'a> {
    fn new(rows: Rows<'a>, geometry: Geometry, rotation: &'a Rotation) -> Self {
        let mut points = Self { rows, geometry, rotation, kept: Vec::new() };
        if rows.len() * rotation.dimension() <= KEPT_MAX {
            points.kept = points.of(0..rows.len());
        }
        points
    }

    /// The points of these rows, one after the other.
    fn of(&self, rows: impl ExactSizeIterator<Item = usize>) -> Vec<f32> {
        let dimension = self.rotation.dimension();
        let mut points = vec![0.0; rows.len() * dimension];
        for (at, point) in rows.zip(points.chunks_exact_mut(dimension)) {
            match self.kept(at..at + 1) {
                Some(kept) => point.copy_from_slice(kept),
                None => {
                    self.geometry.place_row(self.rows.row(at), point);
                    self.rotation.apply(point);
                }
            }
        }
        points
    }

    fn kept(&self, rows: Range<usize>) -> Option<&[f32]> {
        let dimension = self.rotation.dimension();
        self.kept.get(rows.start * dimension..rows.end * dimension)
    }

    fn centroids(&self, count: usize, seed: u64) -> Vec<f32> {
        // A random part is enough to find the centroids, and all that has to be in memory.
        let step = (self.rows.len() / (count * 128)).max(1);
        let points = self.of((0..self.rows.len()).step_by(step));
        kmeans::centroids(Rows::new(&points, self.rotation.dimension()), count, seed)
    }

    fn nearest(&self, centroids: &[f32]) -> Vec<u32> {
        let centroids = Rows::new(centroids, self.rotation.dimension());
        let batches = (0..self.rows.len()).step_by(BATCH);
        let batch = |start: usize| {
            let rows = start..(start + BATCH).min(self.rows.len());
            let points = self.kept(rows.clone()).map_or_else(|| Cow::from(self.of(rows)), Cow::from);
            kmeans::nearest(Rows::new(&points, self.rotation.dimension()), centroids)
        };
        batches.flat_map(batch).collect()
    }

    fn code(&self, centroids: &[f32], mut cells: Vec<Cell>, order: &[u32]) -> (Codes, FineCodes, Vec<Cell>) {
        let dimension = self.rotation.dimension();
        let (mut codes, mut fine) = (Codes::new(dimension), FineCodes::new(dimension));
        for (cell, centroid) in cells.iter_mut().zip(centroids.chunks_exact(dimension)) {
            cell.block = codes.blocks() as u32;
            for rows in order[cell.start as usize..][..cell.length as usize].chunks(BATCH) {
                let points = self.of(rows.iter().map(|row| *row as usize));
                for point in points.chunks_exact(dimension) {
                    codes.push(point, centroid);
                    fine.push(point, centroid);
                }
            }
            codes.end_cell();
        }
        (codes, fine, cells)
    }
}

/// Where each cell begins, and the rows cell by cell.
fn group(cell_of: &[u32], count: usize) -> (Vec<Cell>, Vec<u32>) {
    let mut cells = vec![Cell { start: 0, length: 0, block: 0 }; count];
    cell_of.iter().for_each(|cell| cells[*cell as usize].length += 1);
    let mut start = 0;
    for cell in &mut cells {
        cell.start = start;
        start += cell.length;
    }
    let mut next: Vec<u32> = cells.iter().map(|cell| cell.start).collect();
    let mut order = vec![0; cell_of.len()];
    for (row, cell) in cell_of.iter().enumerate() {
        let next = &mut next[*cell as usize];
        order[*next as usize] = row as u32;
        *next += 1;
    }
    (cells, order)
}
