//! Rows in two or three dimensions: those in which they differ most (principal components).

use crate::{Rows, kmeans::multiply};
use faer::{Mat, MatRef};
use rand::{Rng, SeedableRng, rngs::SmallRng};

/// Directions that are followed beside those asked for, so that these come out sharp.
const SPARE: usize = 8;
const ROUNDS: usize = 6;
const SEED: u64 = 0x9ca;

#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// One for each row, of as many values as dimensions were asked for.
    pub points: Vec<Vec<f32>>,
    /// What share of all difference each dimension shows, falling.
    pub shares: Vec<f32>,
}

/// Follows a few random directions through the rows again and again: each round turns them towards those in which
/// the rows differ most, and costs two matrix products, however many dimensions there are.
pub fn project(rows: Rows<'_>, dimensions: usize) -> Projection {
    let centred = centred(rows);
    let centred = Rows::new(&centred, rows.dimension());
    let total: f64 = centred.values().iter().map(|value| f64::from(*value) * f64::from(*value)).sum();
    let follow = (dimensions + SPARE).min(rows.dimension());
    let mut random = SmallRng::seed_from_u64(SEED);
    let mut directions: Vec<f32> =
        (0..follow * rows.dimension()).map(|_| random.random::<f32>() - 0.5).collect();
    for _ in 0..ROUNDS {
        directions = pulled(centred, &directions);
    }
    sort_by_spread(centred, directions, dimensions, total)
}

fn centred(rows: Rows<'_>) -> Vec<f32> {
    let mut mean = vec![0.0f64; rows.dimension()];
    for row in rows.iter() {
        mean.iter_mut().zip(row).for_each(|(mean, value)| *mean += f64::from(*value));
    }
    mean.iter_mut().for_each(|mean| *mean /= rows.len() as f64);
    rows.iter()
        .flat_map(|row| row.iter().zip(&mean).map(|(value, mean)| (f64::from(*value) - mean) as f32))
        .collect()
}

/// The directions after one round, at right angles to each other.
fn pulled(rows: Rows<'_>, directions: &[f32]) -> Vec<f32> {
    let dimension = rows.dimension();
    let count = directions.len() / dimension;
    let along = along(rows, directions);
    let by_row = transposed(&along, rows.len(), count);
    let by_dimension = transposed(rows.values(), rows.len(), dimension);
    let mut pulled = vec![0.0; count * dimension];
    multiply(Rows::new(&by_row, rows.len()), Rows::new(&by_dimension, rows.len()), &mut pulled);
    let columns = MatRef::from_column_major_slice(&pulled, dimension, count);
    let straight: Mat<f32> = columns.qr().compute_thin_Q();
    (0..count).flat_map(|at| straight.col(at).iter().copied().collect::<Vec<_>>()).collect()
}

/// How far each row lies along each direction, row by row.
fn along(rows: Rows<'_>, directions: &[f32]) -> Vec<f32> {
    let directions = Rows::new(directions, rows.dimension());
    let mut along = vec![0.0; rows.len() * directions.len()];
    multiply(rows, directions, &mut along);
    along
}

fn transposed(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    (0..columns).flat_map(|column| (0..rows).map(move |row| values[row * columns + column])).collect()
}

/// Turns the followed directions among themselves so that the first shows the most, and keeps as many as asked for.
fn sort_by_spread(rows: Rows<'_>, directions: Vec<f32>, dimensions: usize, total: f64) -> Projection {
    let count = directions.len() / rows.dimension();
    let along = along(rows, &directions);
    let spread = Mat::from_fn(count, count, |a, b| {
        along.chunks_exact(count).map(|row| f64::from(row[a]) * f64::from(row[b])).sum::<f64>()
    });
    let Ok(turned) = spread.self_adjoint_eigen(faer::Side::Lower) else {
        return Projection { points: vec![vec![0.0; dimensions]; rows.len()], shares: vec![0.0; dimensions] };
    };
    // They come in rising order.
    let kept: Vec<Option<usize>> = (1..=dimensions).map(|nth| count.checked_sub(nth)).collect();
    let (vectors, values) = (turned.U(), turned.S());
    let sign = |at: usize| {
        let greatest = (0..count)
            .map(|row| vectors[(row, at)])
            .fold(0.0f64, |a, b| if b.abs() > a.abs() { b } else { a });
        if greatest < 0.0 { -1.0 } else { 1.0 }
    };
    let point = |row: &[f32]| {
        let value =
            |at: usize| (0..count).map(|a| f64::from(row[a]) * vectors[(a, at)]).sum::<f64>() * sign(at);
        kept.iter().map(|at| at.map_or(0.0, |at| value(at) as f32)).collect()
    };
    let share = |at: &Option<usize>| {
        at.filter(|_| total > 0.0).map_or(0.0, |at| (values[at] / total).max(0.0) as f32)
    };
    Projection {
        points: along.chunks_exact(count).map(point).collect(),
        shares: kept.iter().map(share).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows that differ along three directions, less and less, and hardly in any other.
    fn rows(count: usize, dimension: usize) -> Vec<f32> {
        let mut random = SmallRng::seed_from_u64(2);
        let mut deviation = |width: f32| (random.random::<f32>() - 0.5) * width;
        let row = |_| -> Vec<f32> {
            let parts = [deviation(8.0), deviation(3.0), deviation(1.0)];
            (0..dimension)
                .map(|at| 5.0 + parts.get(at % 7).copied().unwrap_or(0.0) + deviation(0.01))
                .collect()
        };
        (0..count).flat_map(row).collect()
    }

    #[test]
    fn it_shows_what_differs_most_first() {
        let values = rows(500, 14);
        let shown = project(Rows::new(&values, 14), 3);
        assert_eq!((shown.points.len(), shown.points[0].len()), (500, 3));
        assert!(
            shown.shares[0] > 0.8 && shown.shares[1] > 0.08 && shown.shares[2] > 0.005,
            "{:?}",
            shown.shares
        );
        assert!(shown.shares.iter().sum::<f32>() > 0.999);
        for (row, point) in values.chunks(14).zip(&shown.points) {
            // Two dimensions hold each part.
            let expected = (row[0] - 5.0 + row[7] - 5.0) / 2f32.sqrt();
            assert!((point[0].abs() - expected.abs()).abs() < 0.6, "{point:?} {expected}");
        }
    }

    #[test]
    fn distances_stay_where_nothing_is_left_out() {
        let values = [[0.0f32, 0.0], [3.0, 4.0], [-1.0, 2.0]].concat();
        let shown = project(Rows::new(&values, 2), 2);
        let distance = |a: usize, b: usize| {
            let (a, b) = (&shown.points[a], &shown.points[b]);
            (a[0] - b[0]).hypot(a[1] - b[1])
        };
        assert!((distance(0, 1) - 5.0).abs() < 1e-3);
        assert!((distance(1, 2) - 20f32.sqrt()).abs() < 1e-3);
    }

    #[test]
    fn little_or_nothing_to_show_is_shown_as_such() {
        for (values, dimension) in [(vec![1.0], 1), (vec![2.0; 30], 3), (vec![1.0, 2.0], 1)] {
            let rows = Rows::new(&values, dimension);
            let shown = project(rows, 3);
            assert_eq!(shown.points.len(), rows.len());
            assert!(
                shown.points.iter().flatten().chain(&shown.shares).all(|value| value.is_finite()),
                "{shown:?}"
            );
        }
    }

    #[test]
    fn the_same_rows_look_the_same() {
        let values = rows(100, 20);
        assert_eq!(project(Rows::new(&values, 20), 2), project(Rows::new(&values, 20), 2));
    }
}
