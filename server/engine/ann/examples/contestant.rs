//! Conifer's side of the contest: builds from a file, then measures what it is asked for, line by line.
//!
//! `contestant BASE QUERIES DIMENSION METRIC`: little-endian f32, row by row. Says `built SECONDS CPU_SECONDS BYTES_A_ROW`.
//! Each line `K RECALL THREADS` of the input is answered by `SECONDS`, then a line with the rows found for each query.

use conifer_ann::{Build, Index, Metric, Rows, Search};
use std::{
    fs,
    io::{self, BufRead, Write},
    thread,
    time::Instant,
};

fn floats(path: &str) -> Vec<f32> {
    let bytes = fs::read(path).expect("a file of numbers");
    bytes.as_chunks::<4>().0.iter().map(|value| f32::from_le_bytes(*value)).collect()
}

fn metric(name: &str) -> Metric {
    match name {
        "cosine" => Metric::Cosine,
        "dotproduct" => Metric::DotProduct,
        _ => Metric::Euclidean,
    }
}

/// User time of this process; nothing where the system does not say.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().nth(11).and_then(|ticks| ticks.parse::<f64>().ok());
    ticks.unwrap_or_default() / 100.0
}

struct Contestant<'a> {
    index: Index,
    rows: Rows<'a>,
    order: Vec<u32>,
    queries: Rows<'a>,
}

impl Contestant<'_> {
    fn search(&self, at: usize, k: usize, recall: f32) -> Vec<u32> {
        let search = Search { recall, ..Search::new(self.queries.row(at), k) };
        let (found, _) = self.index.search(self.rows, search);
        found.into_iter().map(|position| self.order[position as usize]).collect()
    }

    /// Every query once, those of each thread one after the other.
    fn run(&self, k: usize, recall: f32, threads: usize) -> (f64, Vec<Vec<u32>>) {
        let share = self.queries.len().div_ceil(threads);
        let start = Instant::now();
        let found = thread::scope(|scope| {
            let part = |thread: usize| {
                let all = thread * share..((thread + 1) * share).min(self.queries.len());
                scope.spawn(move || all.map(|at| self.search(at, k, recall)).collect::<Vec<_>>())
            };
            let parts: Vec<_> = (0..threads).map(part).collect();
            parts.into_iter().flat_map(|part| part.join().expect("a thread that ends")).collect()
        });
        (start.elapsed().as_secs_f64(), found)
    }
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let dimension: usize = arguments[3].parse().expect("a dimension");
    let (base, queries) = (floats(&arguments[1]), floats(&arguments[2]));
    let (base, queries) = (Rows::new(&base, dimension), Rows::new(&queries, dimension));
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let (index, order) = Index::build(base, Build::new(metric(&arguments[4])));
    let (built, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let mut out = io::stdout().lock();
    writeln!(out, "built {built} {cpu} {}", index.memory_bytes() / base.len())?;
    let rows: Vec<f32> = order.iter().flat_map(|row| base.row(*row as usize)).copied().collect();
    let contestant = Contestant { index, rows: Rows::new(&rows, dimension), order, queries };
    for line in io::stdin().lock().lines() {
        let line = line?;
        let mut words = line.split_whitespace();
        let mut next = || words.next().unwrap_or_default();
        let (k, recall, threads) = (next().parse(), next().parse(), next().parse());
        let (Ok(k), Ok(recall), Ok(threads)) = (k, recall, threads) else { break };
        let (seconds, found) = contestant.run(k, recall, threads);
        writeln!(out, "{seconds}")?;
        let found = found.iter().map(|rows| rows.iter().map(u32::to_string).collect::<Vec<_>>().join(","));
        writeln!(out, "{}", found.collect::<Vec<_>>().join(" "))?;
    }
    Ok(())
}
