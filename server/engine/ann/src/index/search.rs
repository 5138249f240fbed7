//! Opening the cells nearest to a query, one after the other.

use super::{Cell, Index, nearest::Nearest};
use crate::{
    Rows,
    codes::{FineQuery, Table},
    geometry::Ruler,
    kernels::{BLOCK, Level, squared_distance},
    top::{Found, Top},
};

/// How many rows are on their way from memory while one is measured.
const AHEAD: usize = 6;

/// How many errors an estimate may be off before a row is missed for it: beyond these lies one in hundreds.
const ERRORS: f32 = 2.5;

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
        let mut scan = Scan {
            index: self,
            rows,
            table: &table,
            fine: &FineQuery::new(&query),
            mask: search.mask,
            ruler: self.geometry.ruler(search.query),
            top: Top::new(search.k.min(self.len())),
            candidates: Vec::new(),
            trace: Trace::default(),
            level: Level::best(),
        };
        for (base, cell) in Nearest::new(self, &query, &table) {
            if base > ratio * scan.top.threshold() {
                break;
            }
            scan.open(self.cells[cell as usize], base);
        }
        let found = scan.top.into_sorted();
        (found.into_iter().map(|found| found.position).collect(), scan.trace)
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

struct Scan<'a> {
    index: &'a Index,
    rows: Rows<'a>,
    table: &'a Table,
    fine: &'a FineQuery,
    mask: Option<&'a [u64]>,
    ruler: Ruler<'a>,
    top: Top,
    /// Of the open cell: the least that their squared distances can be, and their positions.
    candidates: Vec<Found>,
    trace: Trace,
    level: Level,
}

impl Scan<'_> {
    fn open(&mut self, cell: Cell, base: f32) {
        self.trace.cells += 1;
        self.estimate(cell, base);
        let mut candidates = std::mem::take(&mut self.candidates);
        let missing = self.top.missing();
        if missing > 0 && missing < candidates.len() {
            // The most promising first: they say what the others must be nearer than.
            candidates.select_nth_unstable(missing);
            self.measure(&candidates[..missing]);
            let threshold = self.top.threshold();
            candidates.drain(..missing);
            candidates.retain(|candidate| candidate.squared_distance < threshold);
        }
        self.refine(&mut candidates, base);
        candidates.sort_unstable();
        self.measure(&candidates);
        candidates.clear();
        self.candidates = candidates;
    }

    /// Leaves those that may be near enough by their finer codes too.
    fn refine(&self, candidates: &mut Vec<Found>, base: f32) {
        let fine = &self.index.fine;
        for candidate in candidates.iter().take(AHEAD) {
            fine.prefetch(self.level, candidate.position as usize);
        }
        let (threshold, mut kept) = (self.top.threshold(), 0);
        for at in 0..candidates.len() {
            if let Some(later) = candidates.get(at + AHEAD) {
                fine.prefetch(self.level, later.position as usize);
            }
            let position = candidates[at].position;
            let least = fine.least(self.level, position as usize, self.fine, base, ERRORS);
            if least < threshold {
                self.level.prefetch(self.rows.row(position as usize));
                candidates[kept] = Found { squared_distance: least, position };
                kept += 1;
            }
        }
        candidates.truncate(kept);
    }

    fn estimate(&mut self, cell: Cell, base: f32) {
        let aim = self.table.aim(base, ERRORS);
        let threshold = self.top.threshold();
        let (mut sums, mut least) = ([0; BLOCK], [0.0; BLOCK]);
        for (at, start) in (0..cell.length).step_by(BLOCK).enumerate() {
            let wanted = self.wanted(cell.start + start, cell.length - start);
            if wanted == 0 {
                continue;
            }
            self.trace.estimated += wanted.count_ones() as usize;
            let block = self.index.codes.block(cell.block as usize + at);
            self.level.sums(block.bytes, self.table.bytes(), &mut sums);
            let mut near = self.level.candidates(&sums, block.factors, aim, threshold, &mut least) & wanted;
            while near != 0 {
                let lane = near.trailing_zeros();
                near &= near - 1;
                let position = cell.start + start + lane;
                self.candidates.push(Found { squared_distance: least[lane as usize], position });
            }
        }
    }

    /// Which of the 32 positions from here on are in the cell and asked for.
    fn wanted(&self, position: u32, left: u32) -> u32 {
        let within = if left >= BLOCK as u32 { u32::MAX } else { (1 << left) - 1 };
        let Some(mask) = self.mask else { return within };
        let (word, bit) = (position as usize / 64, position % 64);
        let low = mask.get(word).map_or(0, |word| word >> bit);
        let high = mask.get(word + 1).filter(|_| bit > 32).map_or(0, |word| word << (64 - bit));
        (low | high) as u32 & within
    }

    /// The most promising come first: once one cannot be near enough, none after it can.
    fn measure(&mut self, candidates: &[Found]) {
        let row = |candidate: &Found| self.rows.row(candidate.position as usize);
        candidates.iter().take(AHEAD).for_each(|candidate| self.level.prefetch(row(candidate)));
        for (at, candidate) in candidates.iter().enumerate() {
            if candidate.squared_distance >= self.top.threshold() {
                break;
            }
            if let Some(later) = candidates.get(at + AHEAD) {
                self.level.prefetch(row(later));
            }
            let squared_distance = self.ruler.squared_distance(row(candidate));
            self.top.offer(Found { squared_distance, position: candidate.position });
            self.trace.measured += 1;
        }
    }
}
