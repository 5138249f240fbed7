//! The tests from outside: Playwright and axe in a real Chromium.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Counts;
use crate::tools::browser;
use crate::tools::node::Node;
use crate::{paths, step};

pub fn run(conifer: &Path, postgres_url: &str, filter: &[String]) -> Result<Counts> {
    let dir = paths::root().join("end2end");
    let node = Node::ensure()?;
    node.install_packages(&dir)?;
    step::run(
        "Checking the types of the browser tests",
        node.command("npm").args(["run", "check"]).current_dir(&dir),
    )?;
    let chromium = browser::ensure()?;
    let scratch = tempfile::tempdir()?;
    let report = scratch.path().join("report.json");
    let mut npx = node.command("npx");
    npx.args(["--no-install", "playwright", "test", "--reporter=list,json"]).args(filter).current_dir(&dir);
    npx.env("CONIFER_BINARY", conifer)
        .env("CHROMIUM", chromium)
        .env("CONIFER_TEST_POSTGRES_URL", postgres_url);
    npx.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    let transcript = step::show("Browser tests", &mut npx)?;
    let counts =
        fs::read_to_string(&report).ok().map(|report| Counts::from_playwright(&report)).transpose()?;
    Ok(Counts::of(&transcript, counts))
}
