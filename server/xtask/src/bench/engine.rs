//! The vector engine, beside other programs that do the same.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::tools::find;
use crate::{paths, process, step};

/// Those that are not there for this machine are left out.
const PEERS: [&str; 6] = ["numpy", "hnswlib", "usearch", "faiss-cpu", "qdrant-edge-py", "chromadb"];

#[derive(Args, Clone, Debug)]
pub struct Contest {
    /// How many vectors `engine` and `api` make up.
    #[arg(long, default_value_t = 60_000)]
    rows: usize,
    /// Of how many dimensions.
    #[arg(long, default_value_t = 384)]
    dimension: usize,
    /// Vectors of your own for them, as NumPy writes them, in place of made-up ones.
    #[arg(long, requires = "queries")]
    base: Option<PathBuf>,
    /// What to look for among them.
    #[arg(long, requires = "base")]
    queries: Option<PathBuf>,
    /// Only these parts of `engine`: speed, filters, ingest, churn; with commas between. Of `api`: conifer or chroma.
    #[arg(long)]
    only: Option<String>,
    /// Of hnswlib, usearch and faiss those that `engine` is compared with: large ones take long to build.
    #[arg(long)]
    beside: Option<String>,
    /// Where they write their figures.
    #[arg(long)]
    json: Option<PathBuf>,
}

impl Contest {
    /// As arguments of the program that measures.
    pub fn tell(&self, run: &mut Command) {
        run.args(["--rows", &self.rows.to_string(), "--dimension", &self.dimension.to_string()]);
        for (name, path) in [("--base", &self.base), ("--queries", &self.queries), ("--json", &self.json)] {
            if let Some(path) = path {
                run.arg(name).arg(path);
            }
        }
        run.args(self.only.iter().flat_map(|parts| ["--only", parts]));
        run.args(self.beside.iter().flat_map(|names| ["--beside", names]));
    }
}

/// Needs Python; the peers come from its package index, into a place of their own.
pub fn run(contest: &Contest) -> Result<()> {
    let python = python()?;
    step::run(
        "Compiling the contestant",
        process::cargo().args([
            "build",
            "--release",
            "--package",
            "conifer-engine",
            "--example",
            "contestant",
        ]),
    )?;
    // Beside the build: `/tmp` may be in memory, and a sync there says nothing.
    let scratch = tempfile::tempdir_in(paths::target())?;
    let mut run = Command::new(python);
    run.arg(paths::root().join("server/engine/contest/run.py"));
    run.arg(paths::target().join("release/examples/contestant")).arg(scratch.path());
    contest.tell(&mut run);
    if !step::show("Measuring beside others, in turns", &mut run)?.success {
        bail!("the contest did not end");
    }
    Ok(())
}

/// A Python that has the peers.
pub fn python() -> Result<PathBuf> {
    let home = paths::target().join("peers");
    let python = home.join("bin/python");
    if !has_numpy(&python) {
        let system = find(&["python3"], &[]).context("the peers need Python 3 with its venv module")?;
        step::run("Making a place for the peers", Command::new(system).args(["-m", "venv"]).arg(&home))?;
        for peer in PEERS {
            let mut install = Command::new(&python);
            install.args(["-m", "pip", "install", "--quiet", peer]);
            if let Err(error) = step::run(&format!("Installing {peer}"), &mut install) {
                step::say(&format!("without {peer}: {error}"));
            }
        }
    }
    Ok(python)
}

fn has_numpy(python: &Path) -> bool {
    Command::new(python).args(["-c", "import numpy"]).output().is_ok_and(|output| output.status.success())
}
