//! Opening the cells nearest to a query, one after the other.

use super::{
    Index,
    nearest::Nearest,
    scan::{Scan, Seen},
};
use crate::{
    Rows,
    codes::{FineQuery, Table},
    geometry::Geometry,
    kernels::squared_distance,
};

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    pub query: &'a [f32],
    pub k: usize,
    /// The share of the true neighbours to find on average; at 1 every cell is opened.
    pub recall: f32,
    /// The rows to look at; all when none is given.
    pub mask: Option<Mask<'a>>,
    /// The score of the k-th best known from elsewhere, if so many are: only what is as good is looked for.
    pub bound: Option<f32>,
    /// With a bound: the share of all rows, here and elsewhere, that are here.
    pub share: f32,
}

/// Some of the rows, by the numbers that they had when the index was built.
#[derive(Clone, Copy, Debug)]
pub struct Mask<'a> {
    /// A bit for each row.
    pub rows: &'a [u64],
    /// The row at each position, as the build said.
    pub order: &'a [u32],
    /// How many rows there are in it.
    pub count: usize,
}

impl Mask<'_> {
    #[inline]
    pub(super) fn has(&self, position: u32) -> bool {
        let row = self.order[position as usize] as usize;
        self.rows[row / 64] >> (row % 64) & 1 == 1
    }
}

impl<'a> Search<'a> {
    pub fn new(query: &'a [f32], k: usize) -> Self {
        Self { query, k, recall: 0.99, mask: None, bound: None, share: 1.0 }
    }
}

/// A query as an index sees it. Others of the same geometry see it alike, so it is worked out once for all of them.
pub struct Prepared {
    geometry: Geometry,
    seed: u64,
    point: Vec<f32>,
    table: Table,
    fine: FineQuery,
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
        self.search_prepared(rows, search, &self.prepare(search.query))
    }

    /// The same, for a query that was prepared by this index or one that sees it alike.
    pub fn search_prepared(
        &self,
        rows: Rows<'_>,
        search: Search<'_>,
        prepared: &Prepared,
    ) -> (Vec<u32>, Trace) {
        let Prepared { point, table, fine, .. } = prepared;
        let ratio = self.ratio(search);
        let seen = Seen { table, fine, ruler: self.geometry.ruler(search.query) };
        let mut scan = Scan::new(self, rows, seen, search);
        let mut cells = Nearest::new(self, point, table);
        while let Some((base, cell)) = cells.next_within(ratio * scan.threshold()) {
            if let Some(next) = cells.peek() {
                scan.expect(self.cells[next as usize]);
            }
            scan.open(self.cells[cell as usize], base);
        }
        scan.end()
    }

    /// The query as this index sees it: what was prepared before, if that is the same.
    pub fn prepared<'p>(&self, query: &[f32], known: &'p mut Option<Prepared>) -> &'p Prepared {
        let alike = |known: &Prepared| (known.geometry, known.seed) == (self.geometry, self.rotation.seed());
        if !known.as_ref().is_some_and(alike) {
            *known = None;
        }
        known.get_or_insert_with(|| self.prepare(query))
    }

    fn prepare(&self, query: &[f32]) -> Prepared {
        let point = self.point(query);
        let (table, fine) = (Table::new(&point), FineQuery::new(&point));
        Prepared { geometry: self.geometry, seed: self.rotation.seed(), point, table, fine }
    }

    /// The k-th of the rows that a mask leaves is about the (k / share)-th of all; but which rows it leaves is chance, so
    /// the widest of what lies between is taken.
    fn ratio(&self, search: Search<'_>) -> f32 {
        let share = search.mask.map_or(1.0, |mask| mask.count.max(1) as f32 / self.len() as f32);
        // With a bound, as far out as if only those of the k were looked for that are likely to be here.
        let k = search.k as f32 * if search.bound.is_some() { search.share } else { 1.0 };
        let depths = [k, k / share.sqrt(), k / share];
        depths.map(|depth| self.dial.ratio(depth, search.recall)).into_iter().fold(0.0, f32::max)
    }

    pub(super) fn point(&self, query: &[f32]) -> Vec<f32> {
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
