//! One format for all Rust code.

use anyhow::Result;

use crate::tools::component;
use crate::{process, step};

pub fn write() -> Result<()> {
    component::ensure("fmt", "rustfmt")?;
    step::run("Formatting", process::cargo().args(["fmt", "--all"]))
}

pub fn check() -> Result<()> {
    component::ensure("fmt", "rustfmt")?;
    let mut cargo = process::cargo();
    cargo.args(["fmt", "--all", "--check"]);
    step::run("Checking the format (`cargo xtask fmt` sets it right)", &mut cargo)
}
