//! Rows that stand alone.

use crate::{
    Rows,
    geometry::{Geometry, Metric},
    kernels::dot,
    kmeans::multiply,
};

/// Rows that are compared with all others at a time.
const BATCH: usize = 256;

/// How far each row is from its `k` nearest others, as a mean, in parts of the median of all: above 1 it stands
/// further out than half of them. Costs a product of the rows with themselves.
pub fn outliers(rows: Rows<'_>, metric: Metric, k: usize) -> Vec<f32> {
    let geometry = Geometry::of(metric, rows.dimension(), rows.iter());
    let squares: Vec<f32> = rows.iter().map(|row| dot(row, row)).collect();
    let mut products = vec![0.0; BATCH * rows.len()];
    let mut means = Vec::with_capacity(rows.len());
    for batch in rows.values().chunks(BATCH * rows.dimension()) {
        let batch = Rows::new(batch, rows.dimension());
        let products = &mut products[..batch.len() * rows.len()];
        multiply(batch, rows, products);
        for (row, products) in batch.iter().zip(products.chunks_exact_mut(rows.len())) {
            let (ruler, itself) = (geometry.ruler(row), means.len());
            products
                .iter_mut()
                .zip(&squares)
                .for_each(|(value, square)| *value = ruler.by_products(*value, *square));
            products[itself] = f32::INFINITY;
            means.push(mean_of_least(products, k.min(rows.len() - 1)));
        }
    }
    in_parts_of_median(means)
}

/// Of the roots of the k least.
fn mean_of_least(squared: &mut [f32], k: usize) -> f32 {
    if k == 0 {
        return 0.0;
    }
    squared.select_nth_unstable_by(k - 1, f32::total_cmp);
    squared[..k].iter().map(|one| one.max(0.0).sqrt()).sum::<f32>() / k as f32
}

fn in_parts_of_median(mut means: Vec<f32>) -> Vec<f32> {
    let mut sorted = means.clone();
    let middle = sorted.len() / 2;
    let median =
        if sorted.is_empty() { 0.0 } else { *sorted.select_nth_unstable_by(middle, f32::total_cmp).1 };
    means.iter_mut().for_each(|mean| {
        *mean = if median > 0.0 { *mean / median } else { f32::from(u8::from(*mean > 0.0)) }
    });
    means
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_stands_alone_is_furthest_out() {
        let mut values: Vec<f32> = (0..600).flat_map(|at| [(at % 25) as f32, (at / 25) as f32]).collect();
        values.extend([200.0, 200.0]);
        let out = outliers(Rows::new(&values, 2), Metric::Euclidean, 4);
        assert_eq!(out.len(), 601);
        assert!(out[600] > 100.0);
        assert!(out[..600].iter().all(|value| (0.9..1.5).contains(value)), "{out:?}");
    }

    #[test]
    fn the_angle_counts_where_it_is_what_matters() {
        let mut values: Vec<f32> = (1..50).flat_map(|at| [at as f32, at as f32 * 1.01]).collect();
        values.extend([-1.0, 1.0]);
        let out = outliers(Rows::new(&values, 2), Metric::Cosine, 3);
        assert!(out[49] > 10.0 * out[..49].iter().copied().fold(0.0, f32::max), "{out:?}");
    }

    #[test]
    fn alone_or_all_alike_nobody_is_out() {
        assert_eq!(outliers(Rows::new(&[1.0, 2.0], 2), Metric::Cosine, 5), [0.0]);
        assert_eq!(outliers(Rows::new(&[1.0; 8], 2), Metric::Euclidean, 2), [0.0; 4]);
    }
}
