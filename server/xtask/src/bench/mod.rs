//! Measurements of what is there to be measured.

mod api;
mod console;
mod engine;
mod http;
mod kernels;
pub mod load;
mod people;
mod served;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;

use crate::front_end::{self, Mode};
use crate::server;
pub use engine::Contest;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Bench {
    /// How much the browser loads: the size of each file of the front end.
    FrontEnd,
    /// How long the sign-in page takes: whole requests over loopback, one after the other, each on a new connection.
    Console,
    /// The inner loops of the vector engine; with --compare beside those of another commit.
    Kernels,
    /// The vector engine beside hnswlib, usearch, faiss, Qdrant's engine and Chroma's server: recall against speed, filters,
    /// writes, memory, queries while segments are merged. Needs Python.
    Engine,
    /// The API with 1, 8 and 64 clients, REST and gRPC, beside Chroma's server: queries, filters, durable writes, and the
    /// share of time outside the engine. Needs Python.
    Api,
    /// How long each list takes in a large organization, on SQLite and PostgreSQL: first page, deep page, searches.
    People,
}

/// How much is measured.
pub struct Extent {
    pub mode: Mode,
    pub requests: usize,
    pub entries: usize,
}

/// All there is to measure so far.
pub fn list() {
    for bench in Bench::value_variants() {
        if let Some(value) = bench.to_possible_value() {
            let help = value.get_help().map(ToString::to_string).unwrap_or_default();
            println!("cargo xtask bench {:<10}  {help}", value.get_name());
        }
    }
}

/// `compare` is a commit, of use to the kernels alone.
pub fn run(bench: Bench, extent: &Extent, compare: Option<&str>, contest: &Contest) -> Result<()> {
    match bench {
        Bench::FrontEnd => drop(front_end::build(extent.mode)?),
        Bench::Console => console::run(&conifer(extent.mode)?, extent.requests)?,
        Bench::Kernels => kernels::run(compare)?,
        Bench::Engine => engine::run(contest)?,
        Bench::Api => api::run(&conifer(extent.mode)?, contest)?,
        Bench::People => people::run(&conifer(extent.mode)?, extent)?,
    }
    Ok(())
}

/// A page takes as long whether or not there is a front end, so a development build goes without a fresh one.
fn conifer(mode: Mode) -> Result<PathBuf> {
    match mode {
        Mode::Dev => server::build_dev(),
        Mode::Optimised => server::build_with_pages(mode),
    }
}

/// Of sorted times: the smallest that at least this share of them does not exceed.
fn percentile(times: &[Duration], percent: usize) -> Duration {
    let rank = (times.len() * percent).div_ceil(100).max(1);
    times.get(rank - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(100));
        assert_eq!(percentile(&times, 99), Duration::from_millis(198));
        assert_eq!(percentile(&times[..1], 99), Duration::from_millis(1));
        assert_eq!(percentile(&[], 50), Duration::ZERO);
    }
}
