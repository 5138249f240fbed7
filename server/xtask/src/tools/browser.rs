//! A real Chromium: the system's, never one downloaded behind its back.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{find, package};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// `CHROMIUM` names another one.
pub fn ensure() -> Result<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM").map(PathBuf::from).or_else(present) {
        return Ok(path);
    }
    package::install("Chromium", &["chromium"])?;
    present().context("chromium was installed but is not on the PATH: set CHROMIUM to its path")
}

fn present() -> Option<PathBuf> {
    let mac = PathBuf::from(MAC);
    find(&NAMES, &[PathBuf::from("/snap/bin")]).or_else(|| mac.exists().then_some(mac))
}
