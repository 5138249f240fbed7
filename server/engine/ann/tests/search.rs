//! What is found, against looking at every row.

use conifer_ann::{Build, Index, Malformed, Mask, Metric, Rows, Search};
use rand::{Rng, SeedableRng, rngs::SmallRng};
use std::collections::HashSet;

const METRICS: [Metric; 3] = [Metric::Euclidean, Metric::Cosine, Metric::DotProduct];

/// Rows around some points, of various lengths, as embeddings are.
fn rows(count: usize, dimension: usize, seed: u64) -> Vec<f32> {
    let mut random = SmallRng::seed_from_u64(seed);
    let mut around = |centre: Option<&[f32]>, width: f32| -> Vec<f32> {
        let value = |at: usize| centre.map_or(0.0, |centre| centre[at]);
        (0..dimension).map(|at| value(at) + width * (random.random::<f32>() - 0.5)).collect()
    };
    let centres: Vec<Vec<f32>> = (0..40).map(|_| around(None, 2.0)).collect();
    (0..count).flat_map(|at| around(Some(&centres[at * 7 % 40]), 1.0)).collect()
}

/// In f64, and the slow way.
fn truth(
    rows: Rows<'_>,
    query: &[f32],
    k: usize,
    metric: Metric,
    wanted: impl Fn(usize) -> bool,
) -> Vec<u32> {
    let sum = |terms: &mut dyn Iterator<Item = f64>| terms.sum::<f64>();
    let dot = |a: &[f32], b: &[f32]| sum(&mut a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)));
    let score = |row: &[f32]| match metric {
        Metric::DotProduct => -dot(query, row),
        Metric::Cosine => -dot(query, row) / dot(row, row).sqrt().max(f64::MIN_POSITIVE),
        Metric::Euclidean => dot(row, row) - 2.0 * dot(query, row),
    };
    let mut all: Vec<(f64, u32)> =
        (0..rows.len()).filter(|at| wanted(*at)).map(|at| (score(rows.row(at)), at as u32)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().take(k).map(|(_, at)| at).collect()
}

/// The index, and the rows in its order.
fn built(values: &[f32], dimension: usize, metric: Metric, cells: Option<usize>) -> (Index, Vec<f32>) {
    let rows = Rows::new(values, dimension);
    let (index, order) = Index::build(rows, Build { cells, ..Build::new(metric) });
    assert_eq!(order.iter().collect::<HashSet<_>>().len(), rows.len(), "each row has one place");
    (index, order.iter().flat_map(|row| rows.row(*row as usize)).copied().collect())
}

fn recall(found: &[u32], truth: &[u32]) -> f32 {
    let truth: HashSet<_> = truth.iter().collect();
    found.iter().filter(|at| truth.contains(at)).count() as f32 / truth.len() as f32
}

#[test]
fn nearly_all_that_is_near_is_found() {
    let dimension = 48;
    let values = rows(6060, dimension, 1);
    let (queries, values) = values.split_at(60 * dimension);
    let queries = Rows::new(queries, dimension);
    for metric in METRICS {
        let (index, values) = built(values, dimension, metric, None);
        let rows = Rows::new(&values, dimension);
        for (k, asked) in [(1, 0.99), (10, 0.99), (100, 0.95), (1500, 0.99)] {
            let of = |query| {
                let (found, trace) = index.search(rows, Search { recall: asked, ..Search::new(query, k) });
                assert_eq!(found.len(), k);
                assert!(trace.measured <= trace.estimated && trace.estimated <= rows.len());
                recall(&found, &truth(rows, query, k, metric, |_| true))
            };
            let mean = queries.iter().map(of).sum::<f32>() / queries.len() as f32;
            assert!(mean >= asked - 0.03, "{metric:?} {k}: asked for {asked}, found {mean}");
        }
    }
}

#[test]
fn at_full_recall_only_codes_can_err() {
    let dimension = 20;
    let values = rows(3000, dimension, 2);
    for metric in METRICS {
        let (index, values) = built(&values, dimension, metric, Some(700));
        let rows = Rows::new(&values, dimension);
        for at in (0..3000).step_by(301) {
            let query = rows.row(at);
            let (found, trace) = index.search(rows, Search { recall: 1.0, ..Search::new(query, 5) });
            assert_eq!(trace.estimated, rows.len());
            assert!(recall(&found, &truth(rows, query, 5, metric, |_| true)) >= 0.8, "{metric:?} {at}");
            if metric != Metric::DotProduct {
                assert_eq!(found[0], at as u32, "{metric:?}");
            }
        }
    }
}

#[test]
fn a_mask_hides_and_widens() {
    let dimension = 32;
    let values = rows(5000, dimension, 3);
    let (index, values) = built(&values, dimension, Metric::Cosine, None);
    let rows = Rows::new(&values, dimension);
    // As if every third row had stood where it now stands.
    let order: Vec<u32> = (0..5000).map(|at| at * 3 % 5000).collect();
    for one_in in [2, 10, 100, 1000, 5000] {
        let wanted = |at: usize| at % one_in == one_in / 2;
        let mut bits = vec![0u64; 5000usize.div_ceil(64)];
        let row = |position: usize| order[position] as usize;
        let left: Vec<usize> = (0..5000).filter(|at| wanted(*at)).map(row).collect();
        left.iter().for_each(|row| bits[row / 64] |= 1 << (row % 64));
        let mask = Mask { rows: &bits, order: &order, count: left.len() };
        let mut mean = 0.0;
        for at in (0..5000).step_by(50) {
            let search = Search { mask: Some(mask), ..Search::new(rows.row(at), 10) };
            let (found, _) = index.search(rows, search);
            assert!(found.iter().all(|at| wanted(*at as usize)));
            mean += recall(&found, &truth(rows, rows.row(at), 10, Metric::Cosine, wanted)) / 100.0;
        }
        assert!(mean > 0.96, "one in {one_in}: {mean}");
    }
    let none = Mask { rows: &[0; 79], order: &order, count: 0 };
    let (found, trace) = index.search(rows, Search { mask: Some(none), ..Search::new(rows.row(0), 10) });
    assert_eq!((found.len(), trace.estimated), (0, 0));
}

#[test]
fn odd_rows_are_no_trouble() {
    for metric in METRICS {
        for values in [vec![1.0, 2.0, 3.0], vec![0.0; 3 * 70], [[1.0, 0.0, 0.0]; 500].concat()] {
            let (index, values) = built(&values, 3, metric, None);
            let rows = Rows::new(&values, 3);
            for query in [[0.0; 3], [1.0, 0.0, 0.0], [-1e15, 1e15, 0.0]] {
                let (found, _) = index.search(rows, Search::new(&query, 100));
                assert_eq!(found.len(), rows.len().min(100), "{metric:?} {query:?}");
            }
            assert!(index.search(rows, Search::new(rows.row(0), 0)).0.is_empty());
        }
    }
}

#[test]
fn it_comes_back_from_bytes() {
    let values = rows(2000, 24, 4);
    for metric in METRICS {
        let (index, values) = built(&values, 24, metric, Some(600));
        let rows = Rows::new(&values, 24);
        let bytes = index.to_bytes();
        let back = Index::from_bytes(&bytes).expect("it was just written");
        assert_eq!(back.to_bytes(), bytes);
        for at in [0, 5, 1999] {
            let search = Search::new(rows.row(at), 10);
            assert_eq!(back.search(rows, search), index.search(rows, search));
        }
    }
}

#[test]
fn other_bytes_are_refused() {
    let values = rows(100, 8, 5);
    let (index, values) = built(&values, 8, Metric::Euclidean, None);
    let rows = Rows::new(&values, 8);
    let bytes = index.to_bytes();
    for length in 0..bytes.len() {
        assert_eq!(Index::from_bytes(&bytes[..length]).err(), Some(Malformed), "{length}");
    }
    assert!(Index::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
    // A flipped byte is another index or none, but never a panic.
    for at in 0..bytes.len().min(600) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x81;
        if let Ok(index) = Index::from_bytes(&flipped)
            && index.len() == rows.len()
            && index.dimension() == rows.dimension()
        {
            index.search(rows, Search::new(rows.row(0), 10));
        }
    }
}

#[test]
fn the_same_rows_make_the_same_index() {
    let values = rows(1000, 16, 6);
    let bytes = || built(&values, 16, Metric::Cosine, None).0.to_bytes();
    assert_eq!(bytes(), bytes());
}
