//! Whether a compiler can really build for the browser.

use std::fs;

use anyhow::{Context, Result};

use super::{TRIPLE, Toolchain};

/// Needs std and the linker, as the front end does.
const SAMPLE: &str = "pub fn shout(word: &str) -> String { word.to_uppercase() }";

pub fn links(toolchain: &Toolchain) -> Result<bool> {
    let dir = tempfile::tempdir()?;
    let source = dir.path().join("sample.rs");
    fs::write(&source, SAMPLE)?;
    let output = toolchain
        .rustc()
        .args(["--crate-type", "cdylib", "--edition", "2024", "--target", TRIPLE, "--out-dir"])
        .arg(dir.path())
        .arg(&source)
        .output()
        .context("cannot run `rustc`: install Rust from https://rustup.rs")?;
    Ok(output.status.success() && dir.path().join("sample.wasm").exists())
}
