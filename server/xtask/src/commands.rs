//! The command line.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::bench::load::{self, Load};
use crate::bench::{self, Bench, Contest, Extent};
use crate::front_end::{self, Mode};
use crate::{crash, dev, format, fuzz, lint, matrix, miri, paths, server, step, test};

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
    /// Run everything a contributor must pass.
    ///
    /// Format, our own rules, clippy, unit and integration tests on SQLite and a temporary PostgreSQL, and, against the
    /// optimised server, the tests with the SDKs of Python and TypeScript and the browser tests. Installs what is missing by
    /// apt-get, and names what it cannot install.
    /// The last line is the total of what the runners counted.
    Test {
        /// Only this part.
        part: Option<test::Part>,
        /// The tests from outside against a development build: quicker to build, slower to run.
        #[arg(long)]
        dev: bool,
        /// Handed to the part's runner (nextest, Playwright or pytest), e.g. `cargo xtask test unit -- sessions`
        /// or `cargo xtask test sdk -- python-10.2.0 -k backups`.
        #[arg(last = true)]
        filter: Vec<String>,
    },
    /// Format all Rust code.
    Fmt {
        /// Only say whether it is.
        #[arg(long)]
        check: bool,
    },
    /// Check the source: our own rules, then clippy on the server and the front end.
    Lint,
    /// Rebuild and reload on change.
    ///
    /// Runs a development build and watches app/, server/, style/ and public/: what changed is built again, the server is
    /// started anew, and open pages load again. What does not compile is shown, and the server before it keeps running.
    Dev {
        /// Passed on to `conifer serve`.
        #[arg(last = true)]
        conifer: Vec<String>,
    },
    /// Print who may do what: every action for every role.
    Matrix {
        /// As a list of action, role and verdict.
        #[arg(long)]
        json: bool,
    },
    /// Kill a process that writes vectors at random moments, and compare what is left with what was acknowledged.
    Crash {
        #[arg(long, default_value_t = 300)]
        kills: usize,
        /// Repeats the deeds of a run that printed it.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Give the API and the vector engine what nobody would write, and compare a long run of the engine with its model.
    ///
    /// Installs cargo-fuzz if it is missing; that needs a C++ compiler. What makes a target fail is kept in
    /// server/engine/fuzz/artifacts.
    Fuzz {
        /// For each target.
        #[arg(long, default_value_t = 60)]
        seconds: u64,
        #[arg(long, default_value_t = 1_000_000)]
        operations: u64,
    },
    /// Interpret the unsafe loops of the vector engine, for more than one kind of processor.
    ///
    /// Installs the nightly toolchain with Miri by rustup if it is missing.
    Miri,
    /// Measure the optimised build: what the browser loads, how long a page takes.
    Bench {
        /// What to measure; without it, says what can be.
        bench: Option<Bench>,
        /// How many requests of each page are measured.
        #[arg(long, default_value_t = 500)]
        requests: usize,
        /// How long the audit log of `people` is; it has a hundredth of that in projects, members and invites.
        #[arg(long, default_value_t = 1_000_000)]
        entries: usize,
        /// Measure `kernels` of this commit too, first.
        #[arg(long)]
        compare: Option<String>,
        #[command(flatten)]
        contest: Contest,
        /// Measure the development build: quicker to build, slower to run.
        #[arg(long)]
        dev: bool,
    },
    /// Ask a server what was written before, for `bench api`.
    #[command(hide = true)]
    Load(Load),
}

impl Xtask {
    pub fn run(self) -> Result<ExitCode> {
        match self.task {
            Task::Serve { conifer } => serve(&conifer)?,
            Task::Build { front_end, dev } if front_end || dev => drop(front_end::build(Mode::of(dev))?),
            Task::Build { .. } => build()?,
            Task::Test { part, dev, filter } => return test::run(part, Mode::of(dev), &filter),
            Task::Fmt { check: true } => format::check()?,
            Task::Fmt { check: false } => format::write()?,
            Task::Lint => lint::all()?,
            Task::Dev { conifer } => dev::run(&conifer)?,
            Task::Matrix { json } => matrix::print(json)?,
            Task::Crash { kills, seed } => crash::run(kills, seed)?,
            Task::Fuzz { seconds, operations } => fuzz::run(seconds, operations)?,
            Task::Miri => miri::run()?,
            Task::Bench { bench: Some(bench), requests, entries, compare, contest, dev } => {
                let extent = Extent { mode: Mode::of(dev), requests, entries };
                bench::run(bench, &extent, compare.as_deref(), &contest)?;
            }
            Task::Bench { bench: None, .. } => bench::list(),
            Task::Load(arguments) => load::run(&arguments)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn build() -> Result<()> {
    let binary = server::build_with_pages(Mode::Optimised)?;
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
