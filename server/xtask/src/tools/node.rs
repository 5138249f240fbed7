//! Node and the packages of the browser tests.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{find, package};
use crate::{paths, step};

const MAJOR_MIN: u32 = 20;
/// Npm's own package of Node, for systems that have only an older one.
const NEWER: &str = "node@22";

pub struct Node {
    /// Stands before all others on the PATH.
    bin: Option<PathBuf>,
}

impl Node {
    pub fn ensure() -> Result<Self> {
        if find(&["node"], &[]).is_none() || find(&["npm"], &[]).is_none() {
            package::install("Node", &["nodejs", "npm"])?;
        }
        let system = Self { bin: None };
        if system.is_new_enough() {
            return Ok(system);
        }
        let dir = paths::target().join("node");
        let own = Self { bin: Some(dir.join("node_modules/node/bin")) };
        if !own.is_new_enough() {
            fs::create_dir_all(&dir)?;
            let mut npm = system.command("npm");
            npm.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&dir).arg(NEWER);
            step::run(&format!("Installing a newer Node for the tests (npm install {NEWER})"), &mut npm)?;
        }
        if !own.is_new_enough() {
            bail!("the browser tests need Node {MAJOR_MIN} or newer: install it from https://nodejs.org");
        }
        Ok(own)
    }

    /// A program of Node's, run by this Node.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        if let Some(bin) = &self.bin {
            let path = env::var_os("PATH").unwrap_or_default();
            let places = std::iter::once(bin.clone()).chain(env::split_paths(&path));
            if let Ok(path) = env::join_paths(places) {
                command.env("PATH", path);
            }
        }
        command
    }

    fn is_new_enough(&self) -> bool {
        let node = self.bin.as_ref().map_or_else(|| PathBuf::from("node"), |bin| bin.join("node"));
        let version =
            Command::new(node).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
        major(&String::from_utf8_lossy(&version)).is_some_and(|major| major >= MAJOR_MIN)
    }

    /// Only when the lock file changed: what was installed for it carries a copy.
    pub fn install_packages(&self, dir: &Path) -> Result<()> {
        let lock = fs::read(dir.join("package-lock.json"))
            .with_context(|| format!("cannot read {}/package-lock.json", dir.display()))?;
        let installed = dir.join("node_modules/.installed-for.json");
        if fs::read(&installed).is_ok_and(|old| old == lock) {
            return Ok(());
        }
        let mut npm = self.command("npm");
        npm.args(["ci", "--no-audit", "--no-fund"])
            .current_dir(dir)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        step::run("Installing the packages of the browser tests (npm ci)", &mut npm)?;
        Ok(fs::write(installed, lock)?)
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v18.20.4\n"), Some(18));
        assert_eq!(major("v22.1.0-nightly"), Some(22));
        assert_eq!(major(""), None);
        assert_eq!(major("18.1"), None);
    }
}
