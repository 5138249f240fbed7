//! Opening the cells nearest to a query, one after the other.

use super::{
    Index,
    nearest::Nearest,
    scan::{Scan, Seen},
};
use crate::{
    Rows,
    codes::{FineQuery, Table},
    kernels::squared_distance,
};

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    pub query: &'a [f32],
    pub k: usize,
    /// The share of the true neighbours to find on average; at 1 every cell is opened.
    pub recall: f32,
    /// The positions to look at, a bit each; all when none is given.
    pub mask: Option<&'a [u64]>,
}

impl<'a> Search<'a> {
    pub fn new(query: &'a [f32], k: usize) -> Self {
        Self { query, k, recall: 0.99, mask: None }
    }
}

/// What a search did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    pub cells: usize,
    /// Rows whose distance was estimated.
    pub estimated: usize,
    /// Rows whose distance was measured.
    pub measured: usize,
}

impl Index {
    /// The positions of the k nearest, nearest first. `rows` are in the order that the build asked for.
    pub fn search(&self, rows: Rows<'_>, search: Search<'_>) -> (Vec<u32>, Trace) {
        let query = self.point(search.query);
        let table = Table::new(&query);
        let ratio = self.ratio(search);
        let seen =
            Seen { table: &table, fine: &FineQuery::new(&query), ruler: self.geometry.ruler(search.query) };
        let mut scan = Scan::new(self, rows, seen, search);
        for (base, cell) in Nearest::new(self, &query, &table) {
            if base > ratio * scan.threshold() {
                break;
            }
            scan.open(self.cells[cell as usize], base);
        }
        scan.end()
    }

    /// The k-th of the rows that a mask leaves is about the (k / share)-th of all; but which rows it leaves is chance, so
    /// the widest of what lies between is taken.
    fn ratio(&self, search: Search<'_>) -> f32 {
        let left = |mask: &[u64]| mask.iter().map(|word| word.count_ones()).sum::<u32>().max(1);
        let share = search.mask.map_or(1.0, |mask| left(mask) as f32 / self.len() as f32);
        let k = search.k as f32;
        let depths = [k, k / share.sqrt(), k / share];
        depths.map(|depth| self.dial.ratio(depth, search.recall)).into_iter().fold(0.0, f32::max)
    }

    fn point(&self, query: &[f32]) -> Vec<f32> {
        let mut point = vec![0.0; self.rotation.dimension()];
        self.geometry.place_query(query, &mut point);
        self.rotation.apply(&mut point);
        point
    }

    /// Of a query to every centroid, squared.
    pub(super) fn cell_distances(&self, query: &[f32]) -> Vec<f32> {
        let query = self.point(query);
        self.centroids.chunks_exact(query.len()).map(|centroid| squared_distance(&query, centroid)).collect()
    }

    pub(super) fn centroid(&self, cell: u32) -> &[f32] {
        let dimension = self.rotation.dimension();
        &self.centroids[cell as usize * dimension..][..dimension]
    }
}
