//! The tests that cargo runs: by nextest if it is installed, else by `cargo test`.

use std::process::Command;

use anyhow::Result;

use super::Counts;
use crate::{process, step};

/// The front end has nothing to test outside a browser; the developer's tool is built in a profile of its own.
const HOUSE: [&str; 5] = ["--workspace", "--exclude", "conifer-frontend", "--exclude", "xtask"];

/// Every crate of the house, on both databases.
pub fn house(postgres_url: &str, filter: &[String]) -> Result<Counts> {
    run("Unit and integration tests", "dev", &HOUSE, |command| {
        command
            .env("CONIFER_TEST_POSTGRES_URL", postgres_url)
            .env("CONIFER_TEST_REQUIRE_POSTGRES", "1")
            .args(filter)
    })
}

pub fn xtask() -> Result<Counts> {
    run("Tests of the developer's tool", "xtask", &["--package", "xtask"], |command| command)
}

/// Nextest leaves these to cargo.
pub fn documentation() -> Result<Counts> {
    let mut command = process::cargo();
    command.args(["test", "--doc", "--no-fail-fast"]).args(HOUSE).args(colour());
    let transcript = step::show("Examples in the documentation", &mut command)?;
    Ok(Counts::of(&transcript, Counts::from_cargo_test(&transcript.lines)))
}

fn run(
    what: &str,
    profile: &str,
    packages: &[&str],
    with: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<Counts> {
    let nextest =
        process::cargo().args(["nextest", "--version"]).output().is_ok_and(|output| output.status.success());
    let mut command = process::cargo();
    if nextest {
        command.args(["nextest", "run", "--no-fail-fast", "--cargo-profile", profile]);
    } else {
        command.args(["test", "--no-fail-fast", "--all-targets", "--profile", profile]);
    }
    command.args(packages).args(colour());
    let transcript = step::show(what, with(&mut command))?;
    let read = if nextest { Counts::from_nextest } else { Counts::from_cargo_test };
    Ok(Counts::of(&transcript, read(&transcript.lines)))
}

/// The runner writes to a pipe and would leave the colours out.
fn colour() -> [&'static str; 2] {
    ["--color", if step::in_terminal() { "always" } else { "never" }]
}
