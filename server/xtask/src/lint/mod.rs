//! What a contributor must keep to: our own rules for the source, then clippy.

mod source;

use std::process::Command;

use anyhow::{Result, bail};

use crate::tools::component;
use crate::wasm_target::{self, TRIPLE, Toolchain};
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

/// The front end is left out here: its crates have other features in the browser than on the server.
pub fn clippy_server() -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["clippy", "--workspace", "--exclude", "conifer-frontend", "--all-targets"]);
    clippy("Clippy (server)", &mut cargo)
}

pub fn clippy_front_end() -> Result<()> {
    let toolchain = wasm_target::ensure()?;
    let mut cargo = process::cargo();
    cargo.args(["clippy", "--package", "conifer-frontend"]);
    // Clippy comes with the compiler at hand alone: without a target, it looks at the code as for the server's machine.
    if toolchain == Toolchain::at_hand() {
        cargo.args(["--target", TRIPLE, "--target-dir"]).arg(toolchain.target_dir()?);
    }
    clippy("Clippy (front end)", &mut cargo)
}

fn clippy(what: &str, cargo: &mut Command) -> Result<()> {
    component::ensure("clippy", "clippy")?;
    step::run(what, cargo.args(["--", "-D", "warnings"]))
}
