//! A compiler and its cargo.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::{paths, process};

pub const TRIPLE: &str = "wasm32-unknown-unknown";

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Toolchain {
    cargo: &'static str,
    rustc: &'static str,
}

impl Toolchain {
    /// What builds everything else.
    pub fn at_hand() -> Self {
        Self { cargo: "cargo", rustc: "rustc" }
    }

    /// Debian's, which has no target of its own but takes a std that was built for it.
    pub fn debian() -> Self {
        Self { cargo: "/usr/bin/cargo", rustc: "/usr/bin/rustc" }
    }

    pub fn cargo(&self) -> Command {
        let mut cargo = process::cargo_of(self.cargo);
        if *self != Self::at_hand() {
            cargo.env("RUSTC", self.rustc);
        }
        cargo
    }

    pub fn rustc(&self) -> Command {
        Command::new(self.rustc)
    }

    /// Of the form 1.95.0.
    pub fn version(&self) -> Result<String> {
        let output = self.ask(&["--version"])?;
        output.split(' ').nth(1).map(str::to_owned).context("`rustc --version` names no version")
    }

    /// The directory of the target's std.
    pub fn std_dir(&self) -> Result<PathBuf> {
        Ok(PathBuf::from(self.ask(&["--print", "sysroot"])?).join("lib/rustlib").join(TRIPLE).join("lib"))
    }

    /// Where this compiler builds: what was built against another std cannot be linked (E0463).
    pub fn target_dir(&self) -> Result<PathBuf> {
        Ok(paths::target().join(format!("frontend-{}", self.identity()?)))
    }

    /// Changes whenever the compiler or the std does.
    fn identity(&self) -> Result<String> {
        let mut libraries = fs::read_dir(self.std_dir()?)?
            .map(|entry| {
                let entry = entry?;
                Ok(format!("{} {}\n", entry.file_name().to_string_lossy(), entry.metadata()?.len()))
            })
            .collect::<Result<Vec<_>>>()?;
        libraries.sort();
        let mut hash = Sha256::new();
        hash.update(self.ask(&["-vV"])?);
        hash.update(libraries.concat());
        Ok(format!("{:x}", hash.finalize())[..12].to_owned())
    }

    fn ask(&self, arguments: &[&str]) -> Result<String> {
        let output =
            self.rustc().args(arguments).output().with_context(|| format!("cannot run `{}`", self.rustc))?;
        if !output.status.success() {
            bail!("`{} {}` failed", self.rustc, arguments.join(" "));
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }
}
