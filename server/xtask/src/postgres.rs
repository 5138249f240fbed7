//! A PostgreSQL of our own: a temporary data directory, a free port, gone afterwards.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::process::Group;
use crate::tools::{find, package};
use crate::{interrupt, step};

const START_SECONDS_MAX: u64 = 60;
const USER: &str = "conifer";

pub struct Postgres {
    port: u16,
    /// Stopped before its directory goes: fields are dropped in order.
    server: Group,
    dir: TempDir,
}

impl Postgres {
    /// Its tests create and drop databases of their own from here.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    pub fn start() -> Result<Self> {
        let programs = programs()?;
        step::work("Starting a temporary PostgreSQL", |_| {
            let dir = tempfile::Builder::new().prefix("conifer-postgres-").tempdir()?;
            let account = Account::for_server()?;
            account.own(dir.path())?;
            create(&programs, dir.path(), &account)?;
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            let server =
                Group::spawn(&mut serve(&programs, dir.path(), port, &account)?)?.stopped_by_interrupt();
            let mut postgres = Self { port, server, dir };
            postgres.wait_until_ready(&programs)?;
            Ok(postgres)
        })
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let started = Instant::now();
        loop {
            interrupt::check()?;
            let port = self.port.to_string();
            let ready = Command::new(programs.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-p", &port])
                .status()?;
            if ready.success() {
                return Ok(());
            }
            let ended = self.server.ended()?;
            if ended.is_some() || started.elapsed().as_secs() > START_SECONDS_MAX {
                let log = fs::read_to_string(self.dir.path().join("log")).unwrap_or_default();
                bail!("PostgreSQL did not start; its log:\n{log}");
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

/// The directory of `initdb` and `postgres`: Debian keeps it off the PATH.
fn programs() -> Result<PathBuf> {
    if let Some(found) = present() {
        return Ok(found);
    }
    package::install("PostgreSQL", &["postgresql"])?;
    present().context("PostgreSQL was installed but `initdb` is not where it should be: put it on the PATH")
}

fn present() -> Option<PathBuf> {
    let mut elsewhere: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .collect();
    elsewhere.sort();
    elsewhere.reverse();
    let initdb = find(&["initdb"], &elsewhere)?;
    // A link's neighbours are not the program's.
    Some(initdb.canonicalize().ok()?.parent()?.to_owned())
}

fn create(programs: &Path, dir: &Path, account: &Account) -> Result<()> {
    let mut initdb = Command::new(programs.join("initdb"));
    initdb.arg("-D").arg(dir.join("data")).args([
        "-U",
        USER,
        "--auth=trust",
        "--no-sync",
        "-E",
        "UTF8",
        "--locale=C",
    ]);
    let output = account.run(&mut initdb, dir).output().context("cannot run `initdb`")?;
    if !output.status.success() {
        bail!("initdb failed:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

/// Nothing here outlives the tests: safety on disk would only cost time.
fn serve(programs: &Path, dir: &Path, port: u16, account: &Account) -> Result<Command> {
    let log = File::create(dir.join("log"))?;
    let mut postgres = Command::new(programs.join("postgres"));
    postgres.arg("-D").arg(dir.join("data")).args(["-h", "127.0.0.1", "-p", &port.to_string(), "-k", ""]);
    for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"] {
        postgres.args(["-c", setting]);
    }
    postgres.stdout(Stdio::from(log.try_clone()?)).stderr(Stdio::from(log));
    account.run(&mut postgres, dir);
    Ok(postgres)
}

/// PostgreSQL refuses to run as root: then it runs as its own account, or as nobody.
struct Account(Option<(u32, u32)>);

impl Account {
    fn for_server() -> Result<Self> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self(None));
        }
        let accounts = fs::read_to_string("/etc/passwd")?;
        let ids = ids_of(&accounts, "postgres").or_else(|| ids_of(&accounts, "nobody"));
        ids.map(|ids| Self(Some(ids))).context("PostgreSQL cannot run as root: run the tests as another user")
    }

    fn own(&self, dir: &Path) -> Result<()> {
        match self.0 {
            Some((user, group)) => Ok(chown(dir, Some(user), Some(group))?),
            None => Ok(()),
        }
    }

    fn run<'a>(&self, command: &'a mut Command, dir: &Path) -> &'a mut Command {
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command.current_dir(dir).stdin(Stdio::null())
    }
}

fn ids_of(passwd: &str, name: &str) -> Option<(u32, u32)> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\npostgres2:x:7:8::/:/bin/sh\npostgres:x:101:102:,,,:/var:/bin/sh\n";
        assert_eq!(ids_of(passwd, "postgres"), Some((101, 102)));
        assert_eq!(ids_of(passwd, "nobody"), None);
    }
}
