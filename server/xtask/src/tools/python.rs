//! Python, and a place of their own for each set of its packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{find, package};
use crate::{paths, step};

/// What the packages of the tests need.
const MINOR_MIN: u32 = 11;

/// The Python of the place with these packages (as in a requirements file), made anew when they change.
pub fn place(name: &str, requirements: &str) -> Result<PathBuf> {
    let home = paths::target().join("python").join(name);
    let python = home.join("bin/python");
    let installed = home.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|old| old == requirements) && python.exists() {
        return Ok(python);
    }
    let system = ensure()?;
    let mut make = Command::new(system);
    make.args(["-m", "venv", "--clear"]).arg(&home);
    step::run(&format!("Making a place for {name}"), &mut make)?;
    install(name, &python, &home, requirements)?;
    fs::write(installed, requirements)?;
    Ok(python)
}

fn install(name: &str, python: &Path, home: &Path, requirements: &str) -> Result<()> {
    let wanted = home.join("wanted.txt");
    fs::write(&wanted, requirements)?;
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(wanted);
    step::run(&format!("Installing {name} (pip install)"), &mut pip)
}

fn ensure() -> Result<PathBuf> {
    if present().is_none() {
        package::install("Python with its venv module", &["python3", "python3-venv"])?;
    }
    let python = present().context("Python 3 and its venv module are needed: put `python3` on the PATH")?;
    let output = Command::new(&python).args(["-c", "import sys; print(sys.version_info.minor)"]).output()?;
    let minor: u32 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or_default();
    if minor < MINOR_MIN {
        bail!("the tests need Python 3.{MINOR_MIN} or newer, and {} is 3.{minor}", python.display());
    }
    Ok(python)
}

/// Debian packs the modules apart from the program.
fn present() -> Option<PathBuf> {
    let python = find(&["python3"], &[])?;
    let modules = Command::new(&python).args(["-c", "import ensurepip, venv"]).output();
    modules.is_ok_and(|output| output.status.success()).then_some(python)
}
