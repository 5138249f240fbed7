//! Centroids by k-means: each round is a matrix product (by faer) and a sum.

use crate::{
    Rows,
    kernels::{dot, squared_distance},
};
use faer::{Accum, MatMut, MatRef, Par, linalg::matmul::matmul};
use rand::{SeedableRng, rngs::SmallRng, seq::index};

const ROUNDS: usize = 8;
/// Rows that train one centroid; more do not make it better.
const SAMPLE: usize = 64;
/// Rows whose products are in memory at a time.
const BATCH: usize = 1024;

/// As many centroids as asked for, or as there are rows.
pub fn centroids(rows: Rows<'_>, count: usize, seed: u64) -> Vec<f32> {
    let mut random = SmallRng::seed_from_u64(seed);
    let count = count.clamp(1, rows.len());
    let sample = index::sample(&mut random, rows.len(), rows.len().min(count * SAMPLE));
    let picked: Vec<f32> = sample.iter().flat_map(|at| rows.row(at)).copied().collect();
    let picked = Rows::new(&picked, rows.dimension());
    let mut centroids = picked.values()[..count * rows.dimension()].to_vec();
    for _ in 0..ROUNDS {
        let cells = nearest(picked, Rows::new(&centroids, rows.dimension()));
        move_centroids(picked, &cells, &mut centroids);
    }
    centroids
}

/// The nearest centroid of each row.
pub fn nearest(rows: Rows<'_>, centroids: Rows<'_>) -> Vec<u32> {
    let halves: Vec<f32> = centroids.iter().map(|centroid| dot(centroid, centroid) / 2.0).collect();
    let mut products = vec![0.0; BATCH * centroids.len()];
    let mut cells = Vec::with_capacity(rows.len());
    for batch in rows.values().chunks(BATCH * rows.dimension()) {
        let count = batch.len() / rows.dimension();
        let products = &mut products[..count * centroids.len()];
        multiply(Rows::new(batch, rows.dimension()), centroids, products);
        for products in products.chunks_exact(centroids.len()) {
            cells.push(greatest(products, &halves));
        }
    }
    cells
}

/// The nearest of all is the one whose product less half its square is the greatest.
fn greatest(products: &[f32], halves: &[f32]) -> u32 {
    let mut best = (f32::NEG_INFINITY, 0);
    for (at, (product, half)) in products.iter().zip(halves).enumerate() {
        if product - half > best.0 {
            best = (product - half, at as u32);
        }
    }
    best.1
}

/// The product of each of `rows` with each of `others`, row by row.
///
/// On one thread: a second one makes it slower whenever the machine is busy.
pub fn multiply(rows: Rows<'_>, others: Rows<'_>, products: &mut [f32]) {
    let left = MatRef::from_row_major_slice(rows.values(), rows.len(), rows.dimension());
    let right = MatRef::from_row_major_slice(others.values(), others.len(), others.dimension());
    let to = MatMut::from_row_major_slice_mut(products, rows.len(), others.len());
    matmul(to, Accum::Replace, left, right.transpose(), 1.0, Par::Seq);
}

fn move_centroids(rows: Rows<'_>, cells: &[u32], centroids: &mut [f32]) {
    let dimension = rows.dimension();
    let mut counts = vec![0u32; centroids.len() / dimension];
    let mut sums = vec![0.0f32; centroids.len()];
    for (row, cell) in rows.iter().zip(cells) {
        let cell = *cell as usize;
        counts[cell] += 1;
        sums[cell * dimension..][..dimension].iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
    for (cell, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let to = centroids[cell * dimension..][..dimension].iter_mut();
        to.zip(&sums[cell * dimension..]).for_each(|(to, sum)| *to = sum / *count as f32);
    }
    fill_empty(rows, cells, &mut counts, centroids);
}

/// A centroid without rows goes to the row that stands furthest from its own.
fn fill_empty(rows: Rows<'_>, cells: &[u32], counts: &mut [u32], centroids: &mut [f32]) {
    let dimension = rows.dimension();
    let empty: Vec<usize> = (0..counts.len()).filter(|cell| counts[*cell] == 0).collect();
    if empty.is_empty() {
        return;
    }
    let distance =
        |at: usize| squared_distance(rows.row(at), &centroids[cells[at] as usize * dimension..][..dimension]);
    let mut far: Vec<(f32, usize)> = (0..rows.len()).map(|at| (distance(at), at)).collect();
    far.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    for (cell, (_, at)) in empty.into_iter().zip(far) {
        centroids[cell * dimension..][..dimension].copy_from_slice(rows.row(at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_groups_are_found() {
        let values: Vec<f32> =
            (0..300).flat_map(|at| [(at % 3) as f32 * 10.0, (at / 3) as f32 * 0.001]).collect();
        let rows = Rows::new(&values, 2);
        let centroids = centroids(rows, 12, 5);
        let centroids = Rows::new(&centroids, 2);
        for (row, cell) in rows.iter().zip(nearest(rows, centroids)) {
            assert!(squared_distance(row, centroids.row(cell as usize)) < 0.1);
        }
    }

    #[test]
    fn equal_rows_make_as_many_centroids_as_asked_for() {
        let values = vec![1.0; 40];
        assert_eq!(centroids(Rows::new(&values, 4), 5, 1), vec![1.0; 20]);
        assert_eq!(centroids(Rows::new(&values, 4), 50, 1).len(), 40);
    }
}
