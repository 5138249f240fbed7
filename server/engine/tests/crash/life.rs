//! One life of the process that writes, from its start to the kill.

use crate::{
    THREADS,
    random::Random,
    writer::{BEGIN, DIRECTORY, DONE, OPENED, SEED},
};
use std::{
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// Lives end at any moment up to this long after the directory was opened...
const WRITING_MAX_US: u64 = 150_000;
/// ... or, one in six, this long after the start, so that kills fall into opening too.
const STARTING_MAX_US: u64 = 25_000;

pub struct Life {
    /// Whether it came so far.
    pub opened: bool,
    /// Deeds by thread.
    pub acknowledged: [u64; THREADS],
}

impl Life {
    pub fn lead(directory: &Path, seed: u64, begin: &[u64], random: &mut Random) -> Self {
        let mut child = start(directory, seed, begin);
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        let (opened, is_open) = mpsc::channel();
        let journal = thread::spawn(move || read(out, &opened));
        if random.below(6) == 0 {
            thread::sleep(Duration::from_micros(random.below(STARTING_MAX_US)));
        } else if is_open.recv_timeout(Duration::from_secs(60)).is_ok() {
            thread::sleep(Duration::from_micros(random.below(WRITING_MAX_US)));
        }
        // SIGKILL: nothing of the process runs after it.
        child.kill().expect("it is ours");
        let status = child.wait().expect("it is ours");
        assert!(status.code().is_none(), "the writer ended by itself: {status}");
        journal.join().expect("the journal is read")
    }
}

fn start(directory: &Path, seed: u64, begin: &[u64]) -> Child {
    let begin: Vec<String> = begin.iter().map(u64::to_string).collect();
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args(["--exact", "writer", "--ignored", "--nocapture"]);
    command.env(DIRECTORY, directory).env(SEED, seed.to_string()).env(BEGIN, begin.join(","));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("this program runs")
}

/// What the killed had said stays in the pipe.
fn read(out: impl BufRead, opened: &mpsc::Sender<()>) -> Life {
    let mut life = Life { opened: false, acknowledged: [0; THREADS] };
    for line in out.split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        if line.ends_with(OPENED) {
            life.opened = true;
            // Whoever waited may have given up.
            _ = opened.send(());
        } else if let Some(thread) = line.strip_prefix(DONE) {
            life.acknowledged[thread.parse::<usize>().expect("a whole line")] += 1;
        }
    }
    life
}
