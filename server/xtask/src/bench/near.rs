//! The search among vectors, beside other programs that do the same.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::tools::find;
use crate::{paths, process, step};

const PEERS: [&str; 4] = ["numpy", "hnswlib", "usearch", "faiss-cpu"];

#[derive(Args, Clone, Debug)]
pub struct Near {
    /// How many vectors `near` makes up.
    #[arg(long, default_value_t = 60_000)]
    rows: usize,
    /// Of how many dimensions.
    #[arg(long, default_value_t = 384)]
    dimension: usize,
    /// Vectors of your own for `near`, as NumPy writes them, in place of made-up ones.
    #[arg(long, requires = "queries")]
    base: Option<PathBuf>,
    /// What to look for among them.
    #[arg(long, requires = "base")]
    queries: Option<PathBuf>,
    /// Where `near` writes its figures.
    #[arg(long)]
    json: Option<PathBuf>,
}

/// Needs Python; the peers come from its package index, into a place of their own.
pub fn run(near: &Near) -> Result<()> {
    let python = python()?;
    step::run(
        "Compiling the contestant",
        process::cargo().args(["build", "--release", "--package", "conifer-ann", "--example", "contestant"]),
    )?;
    let scratch = tempfile::tempdir()?;
    let mut contest = Command::new(python);
    contest.arg(paths::root().join("server/engine/ann/contest/contest.py"));
    contest.arg(paths::target().join("release/examples/contestant")).arg(scratch.path());
    contest.args(["--rows", &near.rows.to_string(), "--dimension", &near.dimension.to_string()]);
    for (name, path) in [("--base", &near.base), ("--query-file", &near.queries), ("--json", &near.json)] {
        if let Some(path) = path {
            contest.arg(name).arg(path);
        }
    }
    if !step::show("Searching beside others, in turns", &mut contest)?.success {
        bail!("the contest did not end");
    }
    Ok(())
}

/// A Python that has the peers.
fn python() -> Result<PathBuf> {
    let home = paths::target().join("peers");
    let python = home.join("bin/python");
    if !has_peers(&python) {
        let system = find(&["python3"], &[]).context("the peers need Python 3 with its venv module")?;
        step::run("Making a place for the peers", Command::new(system).args(["-m", "venv"]).arg(&home))?;
        let mut install = Command::new(&python);
        step::run("Installing the peers", install.args(["-m", "pip", "install", "--quiet"]).args(PEERS))?;
    }
    Ok(python)
}

fn has_peers(python: &Path) -> bool {
    let check = Command::new(python).args(["-c", "import numpy, hnswlib, usearch, faiss"]).output();
    check.is_ok_and(|output| output.status.success())
}
