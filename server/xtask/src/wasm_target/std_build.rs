//! A std for the browser, built from the source of the compiler's own version and put where the compiler looks for it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{TRIPLE, Toolchain};
use crate::step;

/// Stands beside a std that was built here.
const MARK: &str = "built-by-xtask";

/// `library` is the source's directory of that name.
pub fn build(toolchain: &Toolchain, library: &Path) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--release", "--locked", "--target", TRIPLE, "--manifest-path"]);
    cargo.arg(library.join("sysroot/Cargo.toml")).arg("--target-dir").arg(scratch.path());
    // What the std needs to be one: its own unstable parts, and bitcode for link-time optimisation.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo.env("CARGO_ENCODED_RUSTFLAGS", "-Zforce-unstable-if-unmarked\x1f-Cembed-bitcode=yes");
    step::run(&format!("Building std for {TRIPLE}"), cargo.current_dir(scratch.path()))?;
    install(toolchain, &scratch.path().join(TRIPLE).join("release/deps"))
}

fn install(toolchain: &Toolchain, built: &Path) -> Result<()> {
    let std_dir = toolchain.std_dir()?;
    fs::create_dir_all(&std_dir).with_context(|| format!("cannot write to {}", std_dir.display()))?;
    fs::write(std_dir.join(MARK), "")?;
    let mut count = 0;
    for entry in fs::read_dir(built)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        // libsysroot is only the list of what to build.
        if name.ends_with(".rlib") && !name.starts_with("libsysroot-") {
            fs::copy(&path, std_dir.join(name))?;
            count += 1;
        }
    }
    if count == 0 {
        bail!("no library was built in {}", built.display());
    }
    Ok(())
}

/// Removes a std that was built here: never let rustup's stand beside it.
pub fn forget(toolchain: &Toolchain) -> Result<()> {
    let std_dir = toolchain.std_dir()?;
    if std_dir.join(MARK).exists() {
        fs::remove_dir_all(&std_dir)?;
    }
    Ok(())
}
