//! Playwright's runner without a browser, with the TypeScript SDKs.

use std::process::Command;

use anyhow::Result;

use crate::test::{Counts, Under, playwright};

pub fn run(under: &Under<'_>, filter: &[String]) -> Result<Counts> {
    let with = |npx: &mut Command| {
        npx.arg("--config=sdk/typescript/playwright.config.ts").args(filter);
    };
    playwright::run("Tests with the TypeScript SDKs", under, with)
}
