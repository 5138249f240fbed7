//! Looking through one cell after the other. Memory is slow and asked early: of a cell's rows the codes of one bit are
//! read now, the finer codes of those that are left after the next cell, and the rows themselves after one more.

use super::{Cell, Index, Mask, Search, Trace};
use crate::{
    Rows,
    codes::{FineQuery, Table},
    geometry::Ruler,
    kernels::{BLOCK, Level},
    top::{Found, Top},
};

/// How many errors an estimate may be off before a row is missed for it: beyond these lies one in hundreds.
const ERRORS: f32 = 2.5;

/// A mask that leaves less than one row in so many is asked before the codes, any other only about what these let on.
const FEW: usize = 16;

/// Blocks that are asked for early.
const EXPECTED: usize = 4;

/// A query as codes and rows see it.
pub struct Seen<'a> {
    pub table: &'a Table,
    pub fine: &'a FineQuery,
    pub ruler: Ruler<'a>,
}

pub struct Scan<'a> {
    index: &'a Index,
    rows: Rows<'a>,
    seen: Seen<'a>,
    mask: Option<Mask<'a>>,
    /// Whether the mask leaves so few rows that it is asked first.
    few: bool,
    top: Top,
    bound: f32,
    /// May be near enough by one bit: those of the cell just opened.
    coarse: Vec<Found>,
    /// The same of the cell before, whose finer codes are on their way, and the distance of its centroid.
    earlier: Vec<Found>,
    earlier_base: f32,
    /// May be near enough by the finer codes too; the rows are on their way.
    fine: Vec<Found>,
    trace: Trace,
    level: Level,
}

impl<'a> Scan<'a> {
    pub fn new(index: &'a Index, rows: Rows<'a>, seen: Seen<'a>, search: Search<'a>) -> Self {
        let bound = search.bound.map_or(f32::INFINITY, |score| seen.ruler.at_score(score));
        Self {
            index,
            rows,
            seen,
            mask: search.mask,
            few: search.mask.is_some_and(|mask| mask.count * FEW < index.len()),
            top: Top::new(search.k.min(index.len())),
            bound,
            coarse: Vec::new(),
            earlier: Vec::new(),
            earlier_base: 0.0,
            fine: Vec::new(),
            trace: Trace::default(),
            level: Level::best(),
        }
    }

    /// What a row must be nearer than.
    pub fn threshold(&self) -> f32 {
        self.top.threshold().min(self.bound)
    }

    pub fn open(&mut self, cell: Cell, base: f32) {
        self.trace.cells += 1;
        self.estimate(cell, base);
        if self.top.missing() > 0 {
            self.begin();
        }
        self.go_on(base);
    }

    /// Asks memory for the first codes of a cell that is likely to be opened next.
    pub fn expect(&self, cell: Cell) {
        let blocks = (cell.length as usize).div_ceil(BLOCK).min(EXPECTED);
        for at in 0..blocks {
            let block = self.index.codes.block(cell.block as usize + at);
            self.level.prefetch(block.bytes);
            self.level.prefetch(&block.factors.offset);
            self.level.prefetch(&block.factors.slope);
            self.level.prefetch(&block.factors.error);
        }
    }

    /// Looks at all that is still on its way, and gives the positions found.
    pub fn end(mut self) -> (Vec<u32>, Trace) {
        self.go_on(0.0);
        self.go_on(0.0);
        (self.top.into_sorted().into_iter().map(|found| found.position).collect(), self.trace)
    }

    /// While less than k rows are known, the most promising are measured at once: they say what all others must be
    /// nearer than.
    fn begin(&mut self) {
        let count = self.top.missing().min(self.coarse.len());
        if count < self.coarse.len() {
            self.coarse.select_nth_unstable(count);
        }
        let rest = self.coarse.split_off(count);
        let first = std::mem::replace(&mut self.coarse, rest);
        first.iter().for_each(|found| self.level.prefetch(self.row(found)));
        first.iter().for_each(|found| self.measure(found));
        let threshold = self.threshold();
        self.coarse.retain(|found| found.squared_distance < threshold);
    }

    fn go_on(&mut self, base: f32) {
        let mut fine = std::mem::take(&mut self.fine);
        fine.drain(..).for_each(|found| self.measure(&found));
        self.fine = fine;
        self.refine();
        self.coarse.iter().for_each(|found| self.index.fine.prefetch(self.level, found.position as usize));
        self.earlier.clear();
        std::mem::swap(&mut self.earlier, &mut self.coarse);
        self.earlier_base = base;
    }

    fn estimate(&mut self, cell: Cell, base: f32) {
        let aim = self.seen.table.aim(base, ERRORS);
        let threshold = self.threshold();
        let (mut sums, mut least) = ([0; BLOCK], [0.0; BLOCK]);
        for (at, start) in (0..cell.length).step_by(BLOCK).enumerate() {
            let mut wanted = within(cell.length - start);
            if self.few {
                wanted = self.left(cell.start + start, wanted);
                if wanted == 0 {
                    continue;
                }
            }
            self.trace.estimated += wanted.count_ones() as usize;
            let block = self.index.codes.block(cell.block as usize + at);
            self.level.sums(block.bytes, self.seen.table.bytes(), &mut sums);
            let near = self.level.candidates(&sums, block.factors, aim, threshold, &mut least) & wanted;
            let mut near = if self.few { near } else { self.left(cell.start + start, near) };
            while near != 0 {
                let lane = near.trailing_zeros();
                near &= near - 1;
                let position = cell.start + start + lane;
                self.coarse.push(Found { squared_distance: least[lane as usize], position });
            }
        }
    }

    /// Of these of the 32 positions from here on, those that the mask leaves.
    fn left(&self, position: u32, of: u32) -> u32 {
        let Some(mask) = self.mask else { return of };
        let (mut rest, mut left) = (of, 0);
        while rest != 0 {
            let lane = rest.trailing_zeros();
            rest &= rest - 1;
            left |= u32::from(mask.has(position + lane)) << lane;
        }
        left
    }

    /// Lets on those of the cell before that may be near enough by their finer codes too.
    fn refine(&mut self) {
        let threshold = self.threshold();
        for found in &self.earlier {
            if found.squared_distance >= threshold {
                continue;
            }
            let (at, query) = (found.position as usize, self.seen.fine);
            let least = self.index.fine.least(self.level, at, query, self.earlier_base, ERRORS);
            if least < threshold {
                self.level.prefetch(self.rows.row(at));
                self.fine.push(Found { squared_distance: least, ..*found });
            }
        }
        // The most promising first: the others may be ruled out by them.
        self.fine.sort_unstable();
    }

    fn row(&self, found: &Found) -> &'a [f32] {
        self.rows.row(found.position as usize)
    }

    fn measure(&mut self, found: &Found) {
        if found.squared_distance < self.threshold() {
            let squared_distance = self.seen.ruler.squared_distance(self.row(found));
            self.top.offer(Found { squared_distance, ..*found });
            self.trace.measured += 1;
        }
    }
}

/// So many positions, 32 at most.
fn within(left: u32) -> u32 {
    if left >= BLOCK as u32 { u32::MAX } else { (1 << left) - 1 }
}
