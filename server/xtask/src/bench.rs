//! Measurements of what is there to be measured.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::front_end::{self, Mode};
use crate::process::Group;
use crate::{interrupt, server, step};

const START_SECONDS_MAX: u64 = 30;
const WARM_UP: usize = 50;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Bench {
    /// How much the browser loads: the size of each file of the front end.
    FrontEnd,
    /// How long the sign-in page takes: whole requests over loopback, one after the other, each on a new connection.
    Console,
}

/// All there is to measure so far.
pub fn list() {
    for bench in Bench::value_variants() {
        if let Some(value) = bench.to_possible_value() {
            let help = value.get_help().map(ToString::to_string).unwrap_or_default();
            println!("cargo xtask bench {:<10}  {help}", value.get_name());
        }
    }
}

pub fn run(bench: Bench, requests: usize) -> Result<()> {
    let hash = front_end::build(Mode::Optimised)?;
    if bench == Bench::Console {
        let binary = server::build_release(&hash)?;
        let times = console(&binary, requests.max(1))?;
        println!(
            "sign-in page, {} requests: p50 {:?}, p99 {:?}",
            times.len(),
            percentile(&times, 50),
            percentile(&times, 99)
        );
    }
    Ok(())
}

fn console(binary: &Path, requests: usize) -> Result<Vec<Duration>> {
    let data = tempfile::tempdir()?;
    let [console, api] = [free_address()?, free_address()?];
    let mut conifer = Command::new(binary);
    conifer.arg("serve").arg("--data").arg(data.path());
    conifer.args(["--console-listen", &console.to_string(), "--api-listen", &api.to_string()]);
    let mut conifer = Group::spawn(conifer.stdout(Stdio::null()).stderr(Stdio::null()))?;
    step::work("Measuring the sign-in page", |_| {
        wait_until_ready(&mut conifer, console)?;
        let mut times = Vec::new();
        for number in 0..WARM_UP + requests {
            interrupt::check()?;
            let started = Instant::now();
            get(console, "/sign-in")?;
            if number >= WARM_UP {
                times.push(started.elapsed());
            }
        }
        times.sort();
        Ok(times)
    })
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn wait_until_ready(conifer: &mut Group, address: SocketAddr) -> Result<()> {
    let started = Instant::now();
    while get(address, "/readyz").is_err() {
        interrupt::check()?;
        if conifer.ended()?.is_some() || started.elapsed().as_secs() > START_SECONDS_MAX {
            bail!("the server did not start: run `cargo xtask serve` to see why");
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// A whole page, or an error if the answer is not 200.
fn get(address: SocketAddr, path: &str) -> Result<()> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let status = answer.split(|byte| *byte == b'\r').next().context("no answer")?;
    let status = String::from_utf8_lossy(status);
    if !status.starts_with("HTTP/1.1 200") {
        bail!("{path} answered {status}");
    }
    Ok(())
}

/// Of sorted times: the smallest that at least this share of them does not exceed.
fn percentile(times: &[Duration], percent: usize) -> Duration {
    let rank = (times.len() * percent).div_ceil(100).max(1);
    times.get(rank - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(100));
        assert_eq!(percentile(&times, 99), Duration::from_millis(198));
        assert_eq!(percentile(&times[..1], 99), Duration::from_millis(1));
        assert_eq!(percentile(&[], 50), Duration::ZERO);
    }
}
