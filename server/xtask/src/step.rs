//! A long step says what it does and how long it has run: a ticking line in a terminal, plain lines otherwise.

use std::io::{IsTerminal, Write, stderr};
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process;

const FRAME: Duration = Duration::from_millis(200);
const PLAIN_FRAME: Duration = Duration::from_secs(30);
const LINE_WIDTH: usize = 100;

/// Runs a command quietly: its last line stands beside the clock, all of its lines only if it fails.
pub fn run(what: &str, command: &mut Command) -> Result<()> {
    work(what, |clock| {
        let mut lines = Vec::new();
        let status = process::stream(command, |line| {
            clock.says(line);
            lines.push(line.to_owned());
        })?;
        if !status.success() {
            lines.retain(|line| !is_progress(line));
            bail!("`{}` failed: {status}\n{}", process::line(command), lines.join("\n"));
        }
        Ok(())
    })
}

/// Cargo's list of what went well says nothing about what did not.
fn is_progress(line: &str) -> bool {
    let word = line.trim_start().split(' ').next().unwrap_or_default();
    matches!(word, "Compiling" | "Checking" | "Downloaded" | "Downloading" | "Blocking" | "Fresh")
}

/// Runs a piece of work under a clock.
pub fn work<T>(what: &str, work: impl FnOnce(&Clock) -> Result<T>) -> Result<T> {
    let clock = Clock::start(what);
    let started = Instant::now();
    let result = work(&clock);
    clock.stop();
    let mark = if result.is_ok() { "done:" } else { "FAILED:" };
    say(&format!("{mark} {what} ({})", duration(started.elapsed())));
    result
}

/// One line to whoever watches.
pub fn say(line: &str) {
    let _ = writeln!(stderr(), "{line}");
}

pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}

pub struct Clock {
    says: Sender<String>,
    ticking: JoinHandle<()>,
}

impl Clock {
    fn start(what: &str) -> Self {
        let (says, heard) = mpsc::channel::<String>();
        let what = what.to_owned();
        let terminal = stderr().is_terminal();
        let ticking = thread::spawn(move || {
            let started = Instant::now();
            let mut shown = Instant::now();
            let mut last = String::new();
            let frame = if terminal { FRAME } else { PLAIN_FRAME };
            if !terminal {
                say(&format!("{what} …"));
            }
            loop {
                match heard.recv_timeout(frame.saturating_sub(shown.elapsed())) {
                    Ok(line) => last = line,
                    Err(RecvTimeoutError::Timeout) => {
                        let line = format!("{what} … {}  {}", duration(started.elapsed()), last.trim());
                        show(&line, terminal);
                        shown = Instant::now();
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            if terminal {
                let _ = write!(stderr(), "\r\x1b[K");
            }
        });
        Self { says, ticking }
    }

    pub fn says(&self, line: &str) {
        let _ = self.says.send(line.to_owned());
    }

    fn stop(self) {
        drop(self.says);
        let _ = self.ticking.join();
    }
}

fn show(line: &str, terminal: bool) {
    let line: String = line.chars().filter(|c| !c.is_control()).take(LINE_WIDTH).collect();
    if terminal {
        let _ = write!(stderr(), "\r\x1b[K{line}");
    } else {
        say(&line);
    }
    let _ = stderr().flush();
}
