//! Whether a compiler can really build for the browser.

use std::fs;

use super::{TRIPLE, Toolchain};

/// Needs std and the linker, as the front end does.
const SAMPLE: &str = "pub fn shout(word: &str) -> String { word.to_uppercase() }";

pub fn links(toolchain: &Toolchain) -> bool {
    let linked = || -> anyhow::Result<bool> {
        let dir = tempfile::tempdir()?;
        let source = dir.path().join("sample.rs");
        fs::write(&source, SAMPLE)?;
        let mut rustc = toolchain.rustc();
        rustc.args(["--crate-type", "cdylib", "--edition", "2024", "--target", TRIPLE, "--out-dir"]);
        let output = rustc.arg(dir.path()).arg(&source).output()?;
        Ok(output.status.success() && dir.path().join("sample.wasm").exists())
    };
    linked().unwrap_or(false)
}
