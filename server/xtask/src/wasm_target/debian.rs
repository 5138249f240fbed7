//! What Debian's packages give where rustup cannot.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{Toolchain, std_build};
use crate::step;
use crate::tools::{find, package};

const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
/// Newest last; backports keep several versions at once.
const SUITES: [&str; 5] = ["bookworm-backports", "trixie", "trixie-backports", "testing", "unstable"];

/// The source of exactly this compiler, from whichever suite still has it. Needs no root.
pub fn std_for_compiler_at_hand() -> Result<Toolchain> {
    let toolchain = Toolchain::at_hand();
    let version = toolchain.version()?;
    let apt = PrivateApt::new()?;
    let source = apt.source_of(&version)?;
    std_build::build(&toolchain, &source)?;
    Ok(toolchain)
}

/// Lists and packages of other suites, in a directory of our own: the system's sources stay as they are.
struct PrivateApt {
    dir: tempfile::TempDir,
}

impl PrivateApt {
    fn new() -> Result<Self> {
        if find(&["apt-get"], &[]).is_none() || !Path::new(KEYS).exists() {
            bail!("this is no Debian");
        }
        let mirror = mirror()?;
        let dir = tempfile::tempdir()?;
        for needed in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(dir.path().join(needed))?;
        }
        fs::write(dir.path().join("status"), "")?;
        let sources = SUITES.map(|suite| format!("deb [signed-by={KEYS}] {mirror} {suite} main\n")).concat();
        fs::write(dir.path().join("sources.list"), sources)?;
        Ok(Self { dir })
    }

    /// The `library` directory of Rust's source.
    fn source_of(&self, version: &str) -> Result<PathBuf> {
        step::run("Reading Debian's newer package lists", self.command("apt-get").arg("update"))?;
        let listed = self.command("apt-cache").args(["madison", "rust-src"]).output()?;
        let package = package_of(&String::from_utf8_lossy(&listed.stdout), version)
            .with_context(|| format!("no suite has rust-src {version}"))?;
        let mut download = self.command("apt-get");
        download.args(["download", &format!("rust-src={package}")]);
        step::run(&format!("Fetching rust-src {package}"), download.current_dir(self.dir.path()))?;
        self.unpack()?;
        Ok(self.dir.path().join(format!("usr/src/rustc-{version}/library")))
    }

    fn unpack(&self) -> Result<()> {
        let packages = fs::read_dir(self.dir.path())?.filter_map(|entry| Some(entry.ok()?.path()));
        let package =
            packages.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "deb"));
        let mut unpack = Command::new("dpkg-deb");
        unpack.arg("-x").arg(package.context("apt-get fetched no package")?).arg(self.dir.path());
        step::run("Unpacking rust-src", &mut unpack)
    }

    fn command(&self, program: &str) -> Command {
        let dir = self.dir.path().display();
        let mut command = Command::new(program);
        for (option, value) in [
            ("Dir::Etc::sourcelist", format!("{dir}/sources.list")),
            ("Dir::Etc::sourceparts", "-".to_owned()),
            ("Dir::State::lists", format!("{dir}/lists")),
            ("Dir::State::status", format!("{dir}/status")),
            ("Dir::Cache", format!("{dir}/cache")),
            ("Acquire::Languages", "none".to_owned()),
            ("Acquire::IndexTargets::deb::DEP-11::DefaultEnabled", "false".to_owned()),
            // As root, apt would drop to an account that cannot write here.
            ("APT::Sandbox::User", "root".to_owned()),
        ] {
            command.arg("-o").arg(format!("{option}={value}"));
        }
        command
    }
}

/// Where this machine gets its own packages.
fn mirror() -> Result<String> {
    let mut targets = Command::new("apt-get");
    targets.args(["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"]);
    let listed = targets.output().context("apt-get does not tell its sources")?;
    main_archive(&String::from_utf8_lossy(&listed.stdout)).context("apt-get knows no archive of Debian's")
}

/// Security updates have an archive of their own, without the other suites.
fn main_archive(addresses: &str) -> Option<String> {
    let main = |address: &&str| address.trim_end_matches('/').ends_with("/debian");
    addresses.lines().find(main).map(str::to_owned)
}

/// From lines such as `rust-src | 1.95.0+dfsg1-2~bpo13+1 | http://…`.
fn package_of(madison: &str, version: &str) -> Option<String> {
    let versions = madison.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim);
    let exact =
        |package: &&str| package.strip_prefix(version).is_some_and(|rest| rest.starts_with(['+', '-', '~']));
    versions.into_iter().find(exact).map(str::to_owned)
}

/// The compiler that Debian keeps current for its browsers; it builds the front end alone. Needs root.
pub fn own_compiler() -> Result<Toolchain> {
    package::install("Debian's Rust for the web", &["rustc-web", "cargo-web", "rust-web-src", "lld-22"])?;
    let linker =
        PathBuf::from(format!("/usr/lib/rustlib/{}-unknown-linux-gnu/bin/rust-lld", std::env::consts::ARCH));
    if !linker.exists() {
        fs::create_dir_all(linker.parent().unwrap_or(Path::new("/")))?;
        symlink("/usr/bin/lld-22", &linker).with_context(|| format!("cannot link {}", linker.display()))?;
    }
    let toolchain = Toolchain::debian();
    std_build::build(&toolchain, Path::new("/usr/lib/rustlib/src/rust/library"))?;
    Ok(toolchain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_is_the_one_with_all_suites() {
        let listed = "http://mirror.example/debian-security/\nhttp://mirror.example/debian/\nhttp://mirror.example/debian/\n";
        assert_eq!(main_archive(listed).as_deref(), Some("http://mirror.example/debian/"));
        assert_eq!(main_archive("http://mirror.example/ubuntu/\n"), None);
    }

    #[test]
    fn only_the_very_version_will_do() {
        let madison = "  rust-src | 1.97.1+dfsg1-1 | http://mirror.example/debian testing/main amd64 Packages\n\
                       rust-src | 1.95.0+dfsg1-2~bpo13+1 | http://mirror.example/debian trixie-backports/main\n";
        assert_eq!(package_of(madison, "1.95.0").as_deref(), Some("1.95.0+dfsg1-2~bpo13+1"));
        assert_eq!(package_of(madison, "1.95"), None);
        assert_eq!(package_of(madison, "1.96.0"), None);
    }
}
