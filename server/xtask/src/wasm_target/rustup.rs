//! What most people have.

use std::process::Command;

use anyhow::Result;

use super::{TRIPLE, Toolchain};
use crate::step;

pub fn add_target() -> Result<Toolchain> {
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TRIPLE]);
    step::run("Adding the WebAssembly target (rustup)", &mut rustup)?;
    Ok(Toolchain::at_hand())
}
