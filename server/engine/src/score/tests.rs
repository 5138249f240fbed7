use super::*;
use proptest::{collection::vec, prelude::*};

fn exact(metric: Metric, a: &[f32], b: &[f32]) -> f64 {
    let pairs = || a.iter().zip(b).map(|(a, b)| (f64::from(*a), f64::from(*b)));
    let dot: f64 = pairs().map(|(a, b)| a * b).sum();
    let length = |v: &[f32]| v.iter().map(|v| f64::from(*v) * f64::from(*v)).sum::<f64>().sqrt();
    match metric {
        Metric::DotProduct => dot,
        Metric::Euclidean => pairs().map(|(a, b)| (a - b) * (a - b)).sum(),
        Metric::Cosine => dot / (length(a) * length(b)),
    }
}

proptest! {
    #[test]
    fn scores_are_those_of_wide_sums((a, b) in (1_usize..200).prop_flat_map(|n| (vec(-9.0_f32..9.0, n), vec(0.1_f32..9.0, n)))) {
        for metric in [Metric::Cosine, Metric::DotProduct, Metric::Euclidean] {
            let expected = exact(metric, &a, &b);
            let found = f64::from(Dense::new(metric, &a).score(&b));
            let length: f64 = a.iter().zip(&b).map(|(a, b)| f64::from(a.abs() + b.abs()).powi(2)).sum();
            let slack = if metric == Metric::Cosine { 1e-5 } else { 1e-6 * length };
            prop_assert!((found - expected).abs() <= slack || expected.is_nan(), "{metric:?}: {found} for {expected}");
        }
    }

    #[test]
    fn the_best_are_those_of_a_sort(scores in vec(0_u8..20, 0..60), limit in 0_usize..20) {
        for metric in [Metric::DotProduct, Metric::Euclidean] {
            let mut top = Top::new(metric, limit);
            for (id, score) in scores.iter().enumerate() {
                top.offer(Found { score: f32::from(*score), id, what: () });
            }
            let mut expected: Vec<_> = scores.iter().map(|s| f32::from(*s)).zip(0..).collect();
            expected.sort_by(|a, b| metric.compare(a.0, b.0).then(a.1.cmp(&b.1)));
            expected.truncate(limit);
            let found: Vec<_> = top.into_sorted().into_iter().map(|f| (f.score, f.id)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}

#[test]
fn numbers_beyond_the_range_of_sums_still_have_scores() {
    let score = |metric, a: &[f32], b: &[f32]| Dense::new(metric, a).score(b);
    assert_eq!(score(Metric::DotProduct, &[f32::MAX, f32::MAX], &[f32::MAX, -f32::MAX]), 0.0);
    assert_eq!(score(Metric::DotProduct, &[f32::MAX], &[-f32::MAX]), f32::MIN);
    assert_eq!(score(Metric::Euclidean, &[f32::MAX], &[-f32::MAX]), f32::MAX);
    assert_eq!(score(Metric::Cosine, &[f32::MAX, 0.0], &[f32::MAX, 0.0]), 1.0);
    assert_eq!(score(Metric::Cosine, &[1e-30], &[1e-30]), 1.0);
}

#[test]
fn what_points_nowhere_is_alike_to_nothing() {
    assert_eq!(Dense::new(Metric::Cosine, &[0.0, 0.0]).score(&[1.0, 2.0]).to_bits(), 0.0_f32.to_bits());
    assert_eq!(Dense::new(Metric::DotProduct, &[-0.0]).score(&[1.0]).to_bits(), 0.0_f32.to_bits());
}

#[test]
fn sparse_values_meet_where_they_share_places() {
    let sparse = |indices: &[u32], values: &[f32]| SparseValues::new(indices, values).expect("valid");
    let a = sparse(&[1, 5, 9], &[1.0, 2.0, 3.0]);
    assert_eq!(sparse_dot(&a, &sparse(&[5, 9, 10], &[10.0, -1.0, 7.0])), Some(17.0));
    assert_eq!(sparse_dot(&a, &sparse(&[2, 6], &[1.0, 1.0])), None);
    assert_eq!(sparse_dot(&a, &sparse(&[1], &[0.0])), Some(0.0));
}
