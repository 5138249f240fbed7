//! One format for all Rust code.

use anyhow::Result;

use crate::{process, step};

pub fn write() -> Result<()> {
    step::run("Formatting", process::cargo().args(["fmt", "--all"]))
}

pub fn check() -> Result<()> {
    step::run(
        "Checking the format (`cargo xtask fmt` sets it right)",
        process::cargo().args(["fmt", "--all", "--check"]),
    )
}
