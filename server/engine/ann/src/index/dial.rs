//! How far a search must look to find what it should: measured when the index is built, by searching for a sample of
//! its own rows.
//!
//! A search opens cells, the nearest centroid first, until the next centroid stands too far out compared with the
//! k-th nearest row that it has found by then. How far, as the ratio of the squared distances, is what is measured. So
//! a query among many near rows opens few cells and one far from everything many, and a filter that leaves few rows
//! widens the search by itself.

use super::Index;
use crate::{
    Rows,
    kernels::dot,
    kmeans::multiply,
    top::{Found, Top},
};
use rand::{SeedableRng, rngs::SmallRng, seq::index};

const SAMPLE: usize = 200;
/// Distances that are in memory at a time.
const DISTANCES_MAX: usize = 8 << 20;
/// Rows that are multiplied at a time.
const BATCH: usize = 1024;
/// For how many neighbours it is measured; between them it is interpolated.
const DEPTHS: [usize; 4] = [1, 10, 100, 1000];
/// Where of all that is looked for less than one is likely to be here, it is assumed to be no less than this.
const DEPTH_MIN: f32 = 0.01;
/// The shares of the neighbours for which the ratio is kept.
const SHARES: [f32; 10] = [0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.9995];
/// Of what may be missed, the part that is left to the errors of the codes and to queries unlike the rows.
const FOR_CODES: f32 = 0.4;

/// For each depth and share: the ratio within which this share of the neighbours lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Dial {
    pub ratios: [[f32; SHARES.len()]; DEPTHS.len()],
}

impl Dial {
    /// Opens every cell.
    pub const OPEN: Self = Self { ratios: [[f32::INFINITY; SHARES.len()]; DEPTHS.len()] };

    pub fn measure(index: &Index, rows: Rows<'_>, order: &[u32], seed: u64) -> Self {
        let mut random = SmallRng::seed_from_u64(seed);
        let sample = index::sample(&mut random, rows.len(), rows.len().min(SAMPLE));
        let sample = sample.into_vec();
        let mut depths = [const { Vec::new() }; DEPTHS.len()];
        for group in sample.chunks((DISTANCES_MAX / rows.len()).max(1)) {
            for (at, distances) in group.iter().zip(distances(index, rows, group)) {
                let walk = Walk { order, cells: cells(index, rows.row(*at)), distances };
                let reaches = walk.reaches();
                for ((depth, reach), ratios) in DEPTHS.into_iter().zip(reaches).zip(&mut depths) {
                    walk.note(index, depth, reach, ratios);
                }
            }
        }
        Self { ratios: depths.map(shares) }
    }

    /// How much further than the k-th nearest row centroids may stand, by their squared distances.
    pub fn ratio(&self, k: f32, recall: f32) -> f32 {
        let at_depth =
            |depth: usize| between(&SHARES, &self.ratios[depth], 1.0 - (1.0 - recall) * (1.0 - FOR_CODES));
        let last = DEPTHS.len() - 1;
        let k = k.max(DEPTH_MIN);
        match DEPTHS.iter().position(|depth| k <= *depth as f32) {
            None => at_depth(last),
            Some(above) => {
                // Linear over the logarithm of k, and on by the same line below one.
                let above = above.max(1);
                let (low, high) = (DEPTHS[above - 1] as f32, DEPTHS[above] as f32);
                let part = (k / low).ln() / (high / low).ln();
                let (from, to) = (at_depth(above - 1), at_depth(above));
                if (from + to).is_finite() { from + (to - from) * part } else { f32::INFINITY }
            }
        }
    }
}

fn shares(mut ratios: Vec<f32>) -> [f32; SHARES.len()] {
    ratios.sort_unstable_by(f32::total_cmp);
    let count = ratios.len() as f32;
    SHARES.map(|share| ratios.get((share * count) as usize).copied().unwrap_or(f32::INFINITY))
}

/// The value at `x` on the line through the points; beyond the last, and beside one without a limit, there is none.
fn between(xs: &[f32], values: &[f32], x: f32) -> f32 {
    let Some(above) = xs.iter().position(|known| x <= *known) else { return f32::INFINITY };
    let Some(below) = above.checked_sub(1) else { return values[0] };
    if !(values[below] + values[above]).is_finite() {
        return f32::INFINITY;
    }
    let part = (x - xs[below]) / (xs[above] - xs[below]);
    values[below] + (values[above] - values[below]) * part
}

/// In which order a search opens the cells, with the squared distance of their centroids.
fn cells(index: &Index, query: &[f32]) -> Vec<(f32, usize)> {
    let mut cells: Vec<_> = index.cell_distances(query).into_iter().zip(0..).collect();
    cells.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    cells
}

/// Of each of the sampled rows to all rows, squared; to itself infinite. One pass over the rows.
fn distances(index: &Index, rows: Rows<'_>, sample: &[usize]) -> Vec<Vec<f32>> {
    let dimension = rows.dimension();
    let queries: Vec<f32> = sample.iter().flat_map(|at| rows.row(*at)).copied().collect();
    let queries = Rows::new(&queries, dimension);
    let rulers: Vec<_> = queries.iter().map(|query| index.geometry.ruler(query)).collect();
    let mut distances = vec![Vec::with_capacity(rows.len()); sample.len()];
    let mut products = vec![0.0; BATCH * sample.len()];
    for batch in rows.values().chunks(BATCH * dimension) {
        let batch = Rows::new(batch, dimension);
        let products = &mut products[..sample.len() * batch.len()];
        multiply(queries, batch, products);
        let squares: Vec<f32> = batch.iter().map(|row| dot(row, row)).collect();
        let of_each = products.chunks_exact(batch.len()).zip(&rulers);
        for (distances, (products, ruler)) in distances.iter_mut().zip(of_each) {
            let each = products.iter().zip(&squares);
            distances.extend(each.map(|(product, square)| ruler.by_products(*product, *square)));
        }
    }
    for (distances, at) in distances.iter_mut().zip(sample) {
        distances[*at] = f32::INFINITY;
    }
    distances
}

/// One search for one of the rows, which finds everything but itself.
struct Walk<'a> {
    /// The row at each position.
    order: &'a [u32],
    /// The cells in the order they are opened, with the squared distance of their centroids.
    cells: Vec<(f32, usize)>,
    /// Squared, of each row.
    distances: Vec<f32>,
}

impl Walk<'_> {
    /// For each of the `depth` rows within reach the ratio that would have let the search come to it.
    fn note(&self, index: &Index, depth: usize, reach: f32, ratios: &mut Vec<f32>) {
        let mut top = Top::new(depth);
        let (mut needed, mut found) = (0.0f32, 0);
        for (base, cell) in &self.cells {
            if found >= depth {
                break;
            }
            needed = needed.max(base / top.threshold());
            let cell = index.cells[*cell];
            for position in cell.start..cell.start + cell.length {
                let squared_distance = self.distances[self.order[position as usize] as usize];
                if squared_distance <= reach {
                    ratios.push(needed);
                    found += 1;
                }
                top.offer(Found { squared_distance, position });
            }
        }
    }

    /// How far the last of the nearest is, for each depth.
    fn reaches(&self) -> [f32; DEPTHS.len()] {
        let mut nearest: Vec<f32> = self.distances.iter().copied().filter(|one| one.is_finite()).collect();
        let most = DEPTHS[DEPTHS.len() - 1];
        if most < nearest.len() {
            nearest.select_nth_unstable_by(most, f32::total_cmp);
            nearest.truncate(most);
        }
        nearest.sort_unstable_by(f32::total_cmp);
        let last_of = |depth: usize| depth.min(nearest.len()).checked_sub(1);
        DEPTHS.map(|depth| last_of(depth).map_or(f32::NEG_INFINITY, |last| nearest[last]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_is_asked_for_the_further_it_looks() {
        let row = std::array::from_fn(|at| 1.0 + at as f32 / 10.0);
        let dial = Dial {
            ratios: [
                row.map(|ratio| ratio + 1.0),
                row,
                row.map(|ratio| ratio - 0.5),
                row.map(|ratio| ratio - 0.7),
            ],
        };
        assert!(dial.ratio(10.0, 0.9) < dial.ratio(10.0, 0.95));
        assert!(dial.ratio(1.0, 0.9) > dial.ratio(10.0, 0.9));
        assert!(dial.ratio(30.0, 0.9) < dial.ratio(10.0, 0.9));
        assert!(dial.ratio(30.0, 0.9) > dial.ratio(100.0, 0.9));
        assert!((dial.ratio(1e4, 0.9) - dial.ratio(1e3, 0.9)).abs() < 1e-6);
        assert_eq!(dial.ratio(10.0, 1.0), f32::INFINITY);
        assert!((dial.ratio(10.0, -9.0) - 1.0).abs() < 1e-6);
        assert!(dial.ratio(0.1, 0.9) > dial.ratio(1.0, 0.9));
        assert_eq!(dial.ratio(0.0, 0.9), dial.ratio(DEPTH_MIN, 0.9));
    }

    #[test]
    fn an_open_one_has_no_limit_however_little_is_looked_for() {
        for k in [0.0, 0.1, 1.0, 10.0, 5e3] {
            assert_eq!(Dial::OPEN.ratio(k, 0.99), f32::INFINITY, "{k}");
        }
    }
}
