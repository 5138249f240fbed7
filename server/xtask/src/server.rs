//! The `conifer` binary.

use std::path::PathBuf;

use anyhow::Result;

use crate::front_end::{self, Mode};
use crate::{paths, process, step};

/// Builds the server and the bundle it shows.
pub fn build_with_pages(mode: Mode) -> Result<PathBuf> {
    let hash = front_end::build(mode)?;
    match mode {
        Mode::Dev => build_dev(),
        Mode::Optimised => build_release(&hash),
    }
}

/// Builds the optimised server with the bundle of this hash inside it.
pub fn build_release(site_hash: &str) -> Result<PathBuf> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--release", "--package", "conifer"]).env("CONIFER_SITE_HASH", site_hash);
    step::run("Compiling the server (optimised)", &mut cargo)?;
    Ok(paths::release_server())
}

/// Builds the development server, which reads the bundle from the disk.
pub fn build_dev() -> Result<PathBuf> {
    step::run("Compiling the server", process::cargo().args(["build", "--package", "conifer"]))?;
    Ok(paths::dev_server())
}
