//! The long tests: bytes, filters and requests that nobody would write, and a million operations of the vector engine.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{paths, process, step, test};

/// As in `server/engine/fuzz/Cargo.toml`.
const TARGETS: [&str; 3] = ["filter", "files", "near"];
const TOOL: &str = "cargo-fuzz";
/// Seeds that the model runs with, each for so many operations.
const SEEDS: u64 = 40;

/// Fuzzes each target and the API for so many seconds, then lets the engine and its model do so many operations.
pub fn run(seconds: u64, operations: u64) -> Result<()> {
    test::fuzz_api(seconds)?;
    ensure_tool()?;
    for target in TARGETS {
        let mut fuzz = process::cargo();
        // Without a sanitizer it works with the stable compiler; the engine's own checks are what it looks for.
        fuzz.args(["fuzz", "run", "--sanitizer", "none", target])
            .current_dir(paths::root().join("server/engine"));
        fuzz.arg("--target-dir").arg(paths::target().join("fuzz"));
        fuzz.args(["--".to_owned(), format!("-max_total_time={seconds}"), "-print_final_stats=1".to_owned()]);
        show(&format!("Fuzzing {target}"), &mut fuzz)?;
    }
    let mut model = process::cargo();
    model.args(["test", "--release", "--package", "conifer-engine", "--lib", "model"]);
    model.env("CONIFER_ENGINE_STEPS", operations.div_ceil(SEEDS).to_string());
    show(&format!("Comparing {operations} operations with the model"), &mut model)
}

fn ensure_tool() -> Result<()> {
    if process::cargo().args(["fuzz", "--version"]).output()?.status.success() {
        return Ok(());
    }
    step::run(&format!("Installing {TOOL}"), process::cargo().args(["install", "--locked", TOOL]))
}

fn show(what: &str, command: &mut Command) -> Result<()> {
    if step::show(what, command)?.success {
        return Ok(());
    }
    bail!("{what} found something: what it was given is named above")
}
