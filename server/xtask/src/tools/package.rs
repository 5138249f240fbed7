//! Debian's package manager, where there is one and we may use it.

use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Result, bail};

use super::find;
use crate::step;

/// Installs the packages, or fails with the command that would.
pub fn install(what: &str, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if find(&["apt-get"], &[]).is_none() {
        bail!(
            "{what} is missing: install it with your system's package manager (on Debian: `apt-get install {list}`)"
        );
    }
    let Some(apt_get) = privileged() else {
        bail!("{what} is missing and installing needs root: run `sudo apt-get install {list}`");
    };
    update(&apt_get)?;
    let mut command = apt_get();
    command.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    step::run(&format!("Installing {what} (apt-get install {list})"), &mut command)
}

/// apt-get as root: directly, or by sudo when it asks for no password, for nobody may be there to type one.
fn privileged() -> Option<impl Fn() -> Command> {
    let root = rustix::process::geteuid().is_root();
    let sudo =
        || Command::new("sudo").args(["-n", "true"]).output().is_ok_and(|output| output.status.success());
    if !root && !sudo() {
        return None;
    }
    Some(move || {
        let mut command = Command::new(if root { "env" } else { "sudo" });
        if !root {
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    })
}

/// Once per run: a fresh machine has no lists, an old one stale ones.
fn update(apt_get: &impl Fn() -> Command) -> Result<()> {
    static UPDATED: OnceLock<()> = OnceLock::new();
    if UPDATED.get().is_none() {
        step::run("Reading the package lists (apt-get update)", apt_get().arg("update"))?;
        let _ = UPDATED.set(());
    }
    Ok(())
}
