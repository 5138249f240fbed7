//! The inner loops, for each kind of processor that this one can be, and what a search costs in all.

use conifer_ann::{
    Build, Index, Metric, Rows, Search,
    kernels::{Aim, BLOCK, Factors, Level},
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand::{Rng, SeedableRng, rngs::SmallRng};
use std::hint::black_box;

const DIMENSION: usize = 384;

fn floats(random: &mut SmallRng, count: usize) -> Vec<f32> {
    (0..count).map(|_| random.random::<f32>() - 0.5).collect()
}

fn kernels(criterion: &mut Criterion) {
    let mut random = SmallRng::seed_from_u64(1);
    let (a, b) = (floats(&mut random, DIMENSION), floats(&mut random, DIMENSION));
    let codes: Vec<u8> = (0..DIMENSION * BLOCK / 8).map(|_| random.random()).collect();
    let table: Vec<u8> = (0..codes.len()).map(|_| random.random()).collect();
    let fine: Vec<u8> = (0..DIMENSION / 2).map(|_| random.random()).collect();
    let query: Vec<i8> = (0..DIMENSION).map(|_| random.random()).collect();
    let aim = Aim { base: 1.0, step: 0.01, bias: -1.0, slack: 0.1 };
    for level in Level::available() {
        let mut group = criterion.benchmark_group(format!("{level:?}"));
        group.throughput(Throughput::Elements(1));
        group.bench_function("dot", |bench| bench.iter(|| level.dot(black_box(&a), &b)));
        group.bench_function("squared distance", |bench| {
            bench.iter(|| level.squared_distance(black_box(&a), &b));
        });
        group.bench_function("fine product", |bench| {
            bench.iter(|| level.fine_product(black_box(&fine), &query));
        });
        let mut point = a.clone();
        group
            .bench_function("rotate", |bench| bench.iter(|| level.rotate(black_box(&mut point), &b, 0, 256)));
        group.throughput(Throughput::Elements(BLOCK as u64));
        let mut sums = [0; BLOCK];
        group.bench_function("sums", |bench| {
            bench.iter(|| level.sums(black_box(&codes), &table, &mut sums));
        });
        let mut least = [0.0; BLOCK];
        group.bench_function("candidates", |bench| {
            bench.iter(|| level.candidates(black_box(&sums), &Factors::ZERO, aim, 0.5, &mut least));
        });
    }
}

fn search(criterion: &mut Criterion) {
    let mut random = SmallRng::seed_from_u64(2);
    let mut group = criterion.benchmark_group("search");
    for rows in [2_000, 20_000] {
        let centres = floats(&mut random, 100 * DIMENSION);
        let row = |at: usize, random: &mut SmallRng| -> Vec<f32> {
            let centre = &centres[at % 100 * DIMENSION..][..DIMENSION];
            centre.iter().map(|value| value + 0.4 * (random.random::<f32>() - 0.5)).collect()
        };
        let values: Vec<f32> = (0..rows).flat_map(|at| row(at, &mut random)).collect();
        let query = row(7, &mut random);
        let (index, order) = Index::build(Rows::new(&values, DIMENSION), Build::new(Metric::Cosine));
        let all = Rows::new(&values, DIMENSION);
        let sorted: Vec<f32> = order.iter().flat_map(|at| all.row(*at as usize)).copied().collect();
        group.bench_function(BenchmarkId::from_parameter(rows), |bench| {
            bench.iter(|| index.search(Rows::new(&sorted, DIMENSION), Search::new(black_box(&query), 10)));
        });
    }
}

criterion_group!(benches, kernels, search);
criterion_main!(benches);
