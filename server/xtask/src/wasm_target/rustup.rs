//! What most people have.

use std::process::Command;

use super::TRIPLE;
use crate::step;

/// Whether rustup says that it added the target.
pub fn add_target() -> bool {
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TRIPLE]);
    match step::run("Adding the WebAssembly target (rustup)", &mut rustup) {
        Ok(()) => true,
        Err(error) => {
            step::say(&format!("{error:#}"));
            false
        }
    }
}
