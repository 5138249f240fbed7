//! Playwright's runner, for what is tried from outside in TypeScript.

use std::fs;
use std::process::Command;

use anyhow::Result;

use super::{Counts, Under};
use crate::tools::node::Node;
use crate::{paths, step};

pub fn run(what: &str, under: &Under<'_>, with: impl FnOnce(&mut Command)) -> Result<Counts> {
    let dir = paths::root().join("end2end");
    let node = Node::ensure()?;
    node.install_packages(&dir)?;
    step::run(
        "Checking the types of the tests from outside",
        node.command("npm").args(["run", "check"]).current_dir(&dir),
    )?;
    let scratch = tempfile::tempdir()?;
    let report = scratch.path().join("report.json");
    let mut npx = node.command("npx");
    npx.args(["--no-install", "playwright", "test", "--reporter=list,json"]).current_dir(&dir);
    npx.env("CONIFER_BINARY", under.conifer)
        .env("CONIFER_TEST_POSTGRES_URL", under.postgres_url)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    with(&mut npx);
    let transcript = step::show(what, &mut npx)?;
    let counts =
        fs::read_to_string(&report).ok().map(|report| Counts::from_playwright(&report)).transpose()?;
    Ok(Counts::of(&transcript, counts))
}
