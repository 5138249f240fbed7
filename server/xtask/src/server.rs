//! The `conifer` binary.

use std::path::PathBuf;

use anyhow::Result;

use crate::{paths, process, step};

/// Builds the optimised server with the bundle of this hash inside it.
pub fn build_release(site_hash: &str) -> Result<PathBuf> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--release", "--package", "conifer"]).env("CONIFER_SITE_HASH", site_hash);
    step::run("Compiling the server (optimised)", &mut cargo)?;
    Ok(paths::release_server())
}

/// Where a development build leaves it.
pub fn dev_binary() -> PathBuf {
    paths::target().join("debug/conifer")
}
