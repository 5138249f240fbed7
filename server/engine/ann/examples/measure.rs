//! Recall against time, by cosine, on files of little-endian numbers: `measure BASE QUERIES TRUTH DIMENSION [CELLS]`.
//! BASE and QUERIES are f32, row by row; TRUTH holds the hundred nearest rows of each query, u32.

use conifer_ann::{Build, Index, Metric, Rows, Search};
use std::{collections::HashSet, fs, time::Instant};

fn floats(path: &str) -> Vec<f32> {
    fs::read(path).expect("file").as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let dimension: usize = args[4].parse().expect("dimension");
    let (base, queries) = (floats(&args[1]), floats(&args[2]));
    let truth: Vec<u32> =
        fs::read(&args[3]).expect("file").as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
    let (base, queries) = (Rows::new(&base, dimension), Rows::new(&queries, dimension));
    let start = Instant::now();
    let mut build = Build::new(Metric::Cosine);
    build.cells = args.get(5).and_then(|cells| cells.parse().ok());
    let (index, order) = Index::build(base, build);
    println!("built in {:?}, {} bytes a row", start.elapsed(), index.memory_bytes() / base.len());
    let sorted: Vec<f32> = order.iter().flat_map(|row| base.row(*row as usize)).copied().collect();
    let rows = Rows::new(&sorted, dimension);
    let run = |recall: f32| {
        let mut best = f64::INFINITY;
        let (mut hits, mut cells_, mut est, mut meas) = (0, 0, 0, 0);
        for round in 0..3 {
            let start = Instant::now();
            for (at, query) in queries.iter().enumerate() {
                let mut search = Search::new(query, 10);
                search.recall = recall;
                let (found, trace) = index.search(rows, search);
                if round == 0 {
                    let truth: HashSet<u32> = truth[at * 100..][..10].iter().copied().collect();
                    hits += found.iter().filter(|at| truth.contains(&order[**at as usize])).count();
                    cells_ += trace.cells;
                    est += trace.estimated;
                    meas += trace.measured;
                }
            }
            best = best.min(start.elapsed().as_secs_f64());
        }
        let n = queries.len();
        println!(
            "asked for {recall:6} recall {:.4}  {:7.1} us  {:8.0} qps  cells {:5.1} estimated {} measured {}",
            hits as f64 / (10 * n) as f64,
            best / n as f64 * 1e6,
            n as f64 / best,
            cells_ as f64 / n as f64,
            est / n,
            meas / n
        );
    };
    for recall in [0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 1.0] {
        run(recall);
    }
}
