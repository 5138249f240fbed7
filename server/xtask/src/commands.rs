//! The command line.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::front_end::{self, Mode};
use crate::{paths, server, step};

/// Every developer task of Conifer.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Xtask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything optimised and run Conifer.
    ///
    /// Prepares what is missing (the WebAssembly target), builds the front end and the server, and starts it on SQLite in ./data.
    /// It prints the console's address and, on first start, a one-time link that makes the first owner.
    Serve {
        /// Passed on to `conifer serve`, e.g. `cargo xtask serve -- --console-listen 127.0.0.1:9000`.
        #[arg(last = true)]
        conifer: Vec<String>,
    },
    /// Build everything optimised: leaves target/release/conifer, one file that holds the front end too.
    ///
    /// Prints what each page loads, and fails if the first load's wasm is above its limit.
    Build {
        /// Only the front end, in target/site.
        #[arg(long)]
        front_end: bool,
        /// The front end as `dev` builds it: quickly, and not compressed. Implies --front-end.
        #[arg(long)]
        dev: bool,
    },
}

impl Xtask {
    pub fn run(self) -> Result<()> {
        match self.task {
            Task::Serve { conifer } => serve(&conifer),
            Task::Build { dev: true, .. } => front_end::build(Mode::Dev).map(drop),
            Task::Build { front_end: true, .. } => front_end::build(Mode::Optimised).map(drop),
            Task::Build { .. } => build(),
        }
    }
}

fn build() -> Result<()> {
    let hash = front_end::build(Mode::Optimised)?;
    let binary = server::build_release(&hash)?;
    step::say(&format!("built {}", binary.display()));
    Ok(())
}

fn serve(arguments: &[String]) -> Result<()> {
    build()?;
    // Takes this process's place, so that signals and the exit code are Conifer's own.
    let binary = paths::release_server();
    let error = Command::new(&binary).arg("serve").args(arguments).exec();
    Err(error).with_context(|| format!("cannot run {}", binary.display()))
}
