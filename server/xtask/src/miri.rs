//! The unsafe loops of the vector engine under Miri, which interprets them and finds what no run would show.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::tools::find;
use crate::{paths, step};

/// Miri interprets for any processor: those for which loops are written out, with what they must be able to do. It knows
/// no 512 bits.
const PROCESSORS: [(&str, &str); 2] =
    [("x86_64-unknown-linux-gnu", "-C target-feature=+avx2,+fma"), ("aarch64-unknown-linux-gnu", "")];

pub fn run() -> Result<()> {
    let rustup = find(&["rustup"], &[]).context("Miri comes with the nightly toolchain, by rustup")?;
    let mut install = Command::new(&rustup);
    install.args(["toolchain", "install", "nightly", "--profile", "minimal", "--component", "miri,rust-src"]);
    let has_miri = Command::new(&rustup).args(["run", "nightly", "cargo", "miri", "--version"]).output();
    if !has_miri.is_ok_and(|output| output.status.success()) {
        step::run("Installing Miri", &mut install)?;
    }
    for (target, flags) in PROCESSORS {
        let mut miri = Command::new(&rustup);
        miri.args([
            "run",
            "nightly",
            "cargo",
            "miri",
            "test",
            "--package",
            "conifer-ann",
            "--test",
            "kernels",
        ]);
        miri.args(["--target", target]).current_dir(paths::root());
        miri.arg("--target-dir").arg(paths::target().join("miri")).env("RUSTFLAGS", flags);
        if !step::show(&format!("Interpreting the loops for {target}"), &mut miri)?.success {
            bail!("Miri found something, named above");
        }
    }
    Ok(())
}
