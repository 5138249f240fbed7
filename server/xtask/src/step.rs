//! A long step says what it does and how long it has run: a ticking line in a terminal, plain lines otherwise.

use std::io::{IsTerminal, Write, stderr};
use std::process::Command;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process;

const FRAME: Duration = Duration::from_millis(200);
const PLAIN_FRAME: Duration = Duration::from_secs(30);
const LINE_CHARS_MAX: usize = 100;

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

/// What a command said, and whether it succeeded.
pub struct Transcript {
    pub success: bool,
    pub lines: Vec<String>,
}

/// Runs a command whose own output is the point, above the clock.
pub fn show(what: &str, command: &mut Command) -> Result<Transcript> {
    let run = |clock: &Clock| {
        let mut lines = Vec::new();
        let status = process::stream(command, |line| {
            let plain = without_colours(line);
            if is_progress(&plain) {
                clock.says(&plain);
            } else {
                clock.prints(line);
            }
            lines.push(plain);
        })?;
        Ok(Transcript { success: status.success(), lines })
    };
    timed(what, run, |transcript| transcript.success)
}

/// Cargo's list of what went well says nothing about what did not.
fn is_progress(line: &str) -> bool {
    let word = line.trim_start().split(' ').next().unwrap_or_default();
    matches!(word, "Compiling" | "Checking" | "Downloaded" | "Downloading" | "Blocking" | "Fresh")
}

fn without_colours(line: &str) -> String {
    let mut parts = line.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').map_or("", |(_, text)| text))
}

/// Runs a piece of work under a clock.
pub fn work<T>(what: &str, work: impl FnOnce(&Clock) -> Result<T>) -> Result<T> {
    timed(what, work, |_| true)
}

fn timed<T>(what: &str, work: impl FnOnce(&Clock) -> Result<T>, well: impl FnOnce(&T) -> bool) -> Result<T> {
    let clock = Clock::start(what);
    let started = Instant::now();
    let result = work(&clock);
    clock.stop();
    let mark = if result.as_ref().is_ok_and(well) { "done:" } else { "FAILED:" };
    say(&format!("{mark} {what} ({})", duration(started.elapsed())));
    result
}

/// One line to whoever watches.
pub fn say(line: &str) {
    let _ = writeln!(stderr(), "{line}");
}

pub fn in_terminal() -> bool {
    stderr().is_terminal()
}

pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}

enum Line {
    /// Stands beside the clock until the next one.
    Passing(String),
    Kept(String),
}

pub struct Clock {
    lines: Sender<Line>,
    ticking: JoinHandle<()>,
}

impl Clock {
    fn start(what: &str) -> Self {
        let (lines, heard) = mpsc::channel();
        let what = what.to_owned();
        let ticking = thread::spawn(move || tick(&what, &heard));
        Self { lines, ticking }
    }

    pub fn says(&self, line: &str) {
        let _ = self.lines.send(Line::Passing(line.to_owned()));
    }

    pub fn prints(&self, line: &str) {
        let _ = self.lines.send(Line::Kept(line.to_owned()));
    }

    fn stop(self) {
        drop(self.lines);
        let _ = self.ticking.join();
    }
}

fn tick(what: &str, lines: &Receiver<Line>) {
    let terminal = in_terminal();
    let (frame, clear) = if terminal { (FRAME, "\r\x1b[K") } else { (PLAIN_FRAME, "") };
    if !terminal {
        say(&format!("{what} …"));
    }
    let started = Instant::now();
    let mut shown = started;
    let mut passing = String::new();
    loop {
        match lines.recv_timeout(frame.saturating_sub(shown.elapsed())) {
            Ok(Line::Passing(line)) => passing = line,
            Ok(Line::Kept(line)) => say(&format!("{clear}{line}")),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                let line = format!("{what} … {}  {}", duration(started.elapsed()), passing.trim());
                let line: String = line.chars().filter(|c| !c.is_control()).take(LINE_CHARS_MAX).collect();
                let end = if terminal { "" } else { "\n" };
                let _ = write!(stderr(), "{clear}{line}{end}");
                shown = Instant::now();
            }
        }
    }
    let _ = write!(stderr(), "{clear}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_and_words_stay() {
        assert_eq!(
            without_colours("\x1b[32;1m     Summary\x1b[0m [0.1s] \x1b[1m9\x1b[0m run"),
            "     Summary [0.1s] 9 run"
        );
        assert_eq!(without_colours("plain"), "plain");
    }

    #[test]
    fn a_failing_command_fails_with_what_it_said() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo '   Comp''iling a'; echo 'b is wrong' >&2; exit 3"]);
        let error = run("Trying", &mut command).map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.contains("b is wrong") && !text.contains("Compiling a")));
    }

    #[test]
    fn times_are_read_at_a_glance() {
        assert_eq!(duration(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }
}
