//! The tests from outside: Playwright and axe in a real Chromium.

use std::process::Command;

use anyhow::Result;

use super::{Counts, Under, playwright};
use crate::tools::browser;

pub fn run(under: &Under<'_>, filter: &[String]) -> Result<Counts> {
    let chromium = browser::ensure()?;
    let with = |npx: &mut Command| {
        npx.env("CHROMIUM", chromium).args(filter);
    };
    playwright::run("Browser tests", under, with)
}
