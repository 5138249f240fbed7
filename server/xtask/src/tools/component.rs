//! Parts of the Rust toolchain that a minimal installation lacks.

use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, step};

/// Makes `cargo fmt` or `cargo clippy` work; the component is called as its subcommand's tool.
pub fn ensure(subcommand: &str, component: &str) -> Result<()> {
    let present =
        process::cargo().args([subcommand, "--version"]).output().is_ok_and(|output| output.status.success());
    if present {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["component", "add", component]);
    step::run(&format!("Adding {component} (rustup)"), &mut rustup).with_context(|| {
        format!("`cargo {subcommand}` is missing: `rustup component add {component}` adds it")
    })
}
