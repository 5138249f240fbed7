//! A server that is measured.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::http;
use crate::interrupt;
use crate::process::Group;

const START_SECONDS_MAX: u64 = 30;

pub struct Served {
    pub address: SocketAddr,
    conifer: Group,
}

impl Served {
    /// On a database of its own in `data`, unless another is named.
    pub fn start(binary: &Path, data: &Path, database_url: Option<&str>) -> Result<Self> {
        let [address, api] = [free_address()?, free_address()?];
        let mut conifer = Command::new(binary);
        conifer.arg("serve").arg("--data").arg(data);
        conifer.args(["--console-listen", &address.to_string(), "--api-listen", &api.to_string()]);
        conifer.args(database_url.iter().flat_map(|url| ["--database-url", url]));
        let conifer = Group::spawn(conifer.stdout(Stdio::null()).stderr(Stdio::null()))?;
        let mut served = Self { address, conifer };
        served.wait_until_ready()?;
        Ok(served)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let started = Instant::now();
        while http::get(self.address, "/readyz", "").is_err() {
            interrupt::check()?;
            if self.conifer.ended()?.is_some() || started.elapsed().as_secs() > START_SECONDS_MAX {
                bail!("the server did not start: run `cargo xtask serve` to see why");
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// How long each request took after the first few, from the shortest to the longest.
    pub fn measure(
        &self,
        path: &str,
        cookie: &str,
        warm_up: usize,
        requests: usize,
    ) -> Result<Vec<Duration>> {
        let mut times = Vec::new();
        for number in 0..warm_up + requests.max(1) {
            interrupt::check()?;
            let started = Instant::now();
            http::get(self.address, path, cookie)?;
            if number >= warm_up {
                times.push(started.elapsed());
            }
        }
        times.sort();
        Ok(times)
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
