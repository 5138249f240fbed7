//! What a contributor must keep to: our own rules for the source, then clippy.

mod source;

use anyhow::{Result, bail};

use crate::wasm_target::{self, TRIPLE};
use crate::{paths, process, step};

pub fn all() -> Result<()> {
    rules()?;
    clippy_server()?;
    clippy_front_end()
}

pub fn rules() -> Result<()> {
    step::work("Checking our own rules for the source", |_| {
        let broken = source::check(&paths::root())?;
        if !broken.is_empty() {
            bail!("{}", broken.join("\n"));
        }
        Ok(())
    })
}

/// The front end alone is left out: its crates have other features in the browser than on the server.
pub fn clippy_server() -> Result<()> {
    let mut cargo = process::cargo();
    cargo
        .args(["clippy", "--workspace", "--exclude", "conifer-frontend", "--all-targets"])
        .args(["--", "-D", "warnings"]);
    step::run("Clippy (server)", &mut cargo)
}

pub fn clippy_front_end() -> Result<()> {
    let toolchain = wasm_target::ensure()?;
    let mut cargo = toolchain.cargo();
    cargo.args(["clippy", "--package", "conifer-frontend", "--target", TRIPLE, "--target-dir"]);
    cargo.arg(toolchain.target_dir()?).args(["--", "-D", "warnings"]);
    step::run("Clippy (front end)", &mut cargo)
}
