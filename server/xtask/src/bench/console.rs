//! How long the sign-in page takes.

use std::path::Path;

use anyhow::Result;

use super::percentile;
use super::served::Served;
use crate::step;

const WARM_UP: usize = 50;

pub fn run(binary: &Path, requests: usize) -> Result<()> {
    let data = tempfile::tempdir()?;
    let conifer = Served::start(binary, data.path(), None)?;
    let times =
        step::work("Measuring the sign-in page", |_| conifer.measure("/sign-in", "", WARM_UP, requests))?;
    let (p50, p99) = (percentile(&times, 50), percentile(&times, 99));
    println!("sign-in page, {} requests: p50 {p50:?}, p99 {p99:?}", times.len());
    Ok(())
}
