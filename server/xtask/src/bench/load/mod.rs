//! Many clients that ask one server, each on a connection of its own that it keeps: the next question follows the answer.
//!
//! What is sent was written before, so that what is measured is the server.

mod http1;
mod http2;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::percentile;

#[derive(Args, Clone, Debug)]
pub struct Load {
    /// Host and port.
    address: String,
    /// Requests, each after its length as four bytes, the smallest first: of HTTP/1.1 as they are, of gRPC the message.
    requests: PathBuf,
    /// At the same time.
    #[arg(long, default_value_t = 1)]
    clients: usize,
    /// Of all clients together; the requests are sent over and over.
    #[arg(long)]
    count: usize,
    /// Calls of gRPC, of the method that this path names.
    #[arg(long, requires = "key")]
    grpc: Option<String>,
    #[arg(long)]
    key: Option<String>,
}

/// One connection.
trait Client {
    /// Asks, and waits for the whole answer. An answer that is a refusal is an error.
    fn ask(&mut self, request: &[u8]) -> Result<()>;
}

/// Prints what it took, as JSON.
pub fn run(load: &Load) -> Result<()> {
    let requests = read(&load.requests)?;
    let begin = Barrier::new(load.clients);
    let each = load.count.div_ceil(load.clients);
    let work = |number: usize| -> Result<(Instant, Vec<Duration>)> {
        let mut client = connect(load)?;
        // So that no client's first question pays for its connection.
        client.ask(&requests[number % requests.len()])?;
        begin.wait();
        let (began, mut times) = (Instant::now(), Vec::with_capacity(each));
        for turn in 0..each {
            let asked = Instant::now();
            client.ask(&requests[(number + turn * load.clients) % requests.len()])?;
            times.push(asked.elapsed());
        }
        Ok((began, times))
    };
    let done: Result<Vec<_>> = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..load.clients).map(|number| scope.spawn(move || work_of(&work, number))).collect();
        clients.into_iter().map(|client| client.join().expect("no panic")).collect()
    });
    let done = done?;
    let seconds = done.iter().map(|(began, _)| began.elapsed()).max().unwrap_or_default().as_secs_f64();
    let mut times: Vec<Duration> = done.into_iter().flat_map(|(_, times)| times).collect();
    times.sort();
    let at = |percent| percentile(&times, percent).as_secs_f64();
    let (p50, p99, qps) = (at(50), at(99), times.len() as f64 / seconds);
    println!(
        "{}",
        serde_json::json!({ "count": times.len(), "seconds": seconds, "p50": p50, "p99": p99, "qps": qps })
    );
    Ok(())
}

fn work_of<T>(work: &(impl Fn(usize) -> T + Sync), number: usize) -> T {
    work(number)
}

fn connect(load: &Load) -> Result<Box<dyn Client>> {
    Ok(match (&load.grpc, &load.key) {
        (Some(path), Some(key)) => Box::new(http2::Connection::open(&load.address, path, key)?),
        _ => Box::new(http1::Connection::open(&load.address)?),
    })
}

fn read(path: &Path) -> Result<Vec<Vec<u8>>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (mut requests, mut rest) = (Vec::new(), &*bytes);
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_le_bytes(*length) as usize;
        let (request, after) = after.split_at_checked(length).context("the last request is cut off")?;
        requests.push(request.to_vec());
        rest = after;
    }
    if requests.is_empty() {
        bail!("{} holds no requests", path.display());
    }
    Ok(requests)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_stand_after_their_lengths() -> Result<()> {
        let file = tempfile::NamedTempFile::new()?;
        fs::write(file.path(), [&[2, 0, 0, 0][..], b"ab", &[0, 0, 0, 0], &[1, 0, 0, 0], b"c"].concat())?;
        assert_eq!(read(file.path())?, [b"ab".to_vec(), Vec::new(), b"c".to_vec()]);
        fs::write(file.path(), [2, 0, 0, 0, 1])?;
        assert!(read(file.path()).is_err());
        Ok(())
    }
}
