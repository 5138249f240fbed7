//! Rust to wasm.

use std::path::PathBuf;

use anyhow::Result;

use crate::step;
use crate::wasm_target::{TRIPLE, Toolchain};

/// These stand in for those of `.cargo/config.toml`: relocations for the splitter, and the server's own.
const RUSTFLAGS: [&str; 2] = ["-Clink-args=--emit-relocs", "--cfg=erase_components"];

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Quick to build.
    Dev,
    /// Quick to load.
    Optimised,
}

impl Mode {
    pub fn of(dev: bool) -> Self {
        if dev { Self::Dev } else { Self::Optimised }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Dev => "wasm-dev",
            Self::Optimised => "wasm-release",
        }
    }
}

pub fn compile(toolchain: &Toolchain, mode: Mode) -> Result<PathBuf> {
    let target_dir = toolchain.target_dir()?;
    let mut cargo = toolchain.cargo();
    cargo
        .args(["build", "--package", "conifer-frontend", "--target", TRIPLE])
        .args(["--profile", mode.profile(), "--target-dir"])
        .arg(&target_dir)
        .env("CARGO_ENCODED_RUSTFLAGS", RUSTFLAGS.join("\x1f"));
    step::run(&format!("Compiling the front end ({})", mode.profile()), &mut cargo)?;
    Ok(target_dir.join(TRIPLE).join(mode.profile()).join("conifer_frontend.wasm"))
}
