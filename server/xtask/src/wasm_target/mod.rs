//! The WebAssembly target: found, or fetched by rustup.

mod probe;
mod rustup;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::{paths, process};

pub const TRIPLE: &str = "wasm32-unknown-unknown";

/// A compiler that can link for the browser.
pub struct Toolchain {
    /// For rustup's `cargo +name`; none for the compiler at hand.
    name: Option<String>,
}

impl Toolchain {
    pub fn at_hand() -> Self {
        Self { name: None }
    }

    pub fn cargo(&self) -> Command {
        let mut cargo = process::cargo();
        cargo.args(self.plus());
        cargo
    }

    pub fn rustc(&self) -> Command {
        let mut rustc = Command::new("rustc");
        rustc.args(self.plus());
        rustc
    }

    fn plus(&self) -> Option<String> {
        self.name.as_ref().map(|name| format!("+{name}"))
    }

    /// The directory of the target's std.
    fn std_dir(&self) -> Result<PathBuf> {
        let output = self.rustc().args(["--print", "sysroot"]).output().context("cannot run `rustc`")?;
        let sysroot = String::from_utf8(output.stdout)?;
        Ok(PathBuf::from(sysroot.trim()).join("lib/rustlib").join(TRIPLE).join("lib"))
    }

    /// Where this compiler builds: what was built against another std cannot be linked (E0463).
    pub fn target_dir(&self) -> Result<PathBuf> {
        Ok(paths::target().join(format!("frontend-{}", self.identity()?)))
    }

    /// Changes whenever the compiler or the std does.
    fn identity(&self) -> Result<String> {
        let mut hash = Sha256::new();
        hash.update(self.rustc().arg("-vV").output()?.stdout);
        let mut libraries = std::fs::read_dir(self.std_dir()?)?
            .map(|entry| {
                let entry = entry?;
                Ok(format!("{} {}\n", entry.file_name().to_string_lossy(), entry.metadata()?.len()))
            })
            .collect::<Result<Vec<_>>>()?;
        libraries.sort();
        hash.update(libraries.concat());
        Ok(format!("{:x}", hash.finalize())[..12].to_owned())
    }
}

/// Tries in order what can give the target, and checks each by linking.
pub fn ensure() -> Result<Toolchain> {
    let at_hand = Toolchain::at_hand();
    if probe::links(&at_hand)? {
        return Ok(at_hand);
    }
    if rustup::add_target() && probe::links(&at_hand)? {
        return Ok(at_hand);
    }
    bail!(
        "the compiler cannot build for {TRIPLE}; `rustup target add {TRIPLE}` adds it (rustup: https://rustup.rs)"
    )
}
