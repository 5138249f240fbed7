//! What ran, how long it took, and what came of it.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::Counts;
use crate::step;

pub struct Report {
    rows: Vec<Row>,
    /// A step is reported as it ends, so it began when the one before it did.
    last: Instant,
}

struct Row {
    what: &'static str,
    took: Duration,
    counts: Counts,
}

impl Report {
    pub fn start() -> Self {
        Self { rows: Vec::new(), last: Instant::now() }
    }

    /// A step that counts no tests: its failure counts as one, so that the total never looks better than it is.
    pub fn step<T>(&mut self, what: &'static str, result: Result<T>) -> Option<T> {
        let (value, counts) = match result {
            Ok(value) => (Some(value), Ok(Counts::default())),
            Err(error) => (None, Err(error)),
        };
        self.counts(what, counts);
        value
    }

    pub fn counts(&mut self, what: &'static str, result: Result<Counts>) {
        let counts = result.unwrap_or_else(|error| {
            step::say(&format!("{what}: {error:#}"));
            Counts { failed: 1, ..Counts::default() }
        });
        self.rows.push(Row { what, took: self.last.elapsed(), counts });
        self.last = Instant::now();
    }

    /// Prints the table and, as the last line, the total.
    pub fn close(&self) -> ExitCode {
        println!();
        for row in &self.rows {
            println!("{}", row.line());
        }
        let total: Counts = self.rows.iter().map(|row| row.counts).sum();
        println!("test total: {total}");
        if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl Row {
    fn line(&self) -> String {
        let result = if self.counts.failed > 0 { "FAILED" } else { "ok" };
        let counts = if self.counts == Counts::default() { String::new() } else { self.counts.to_string() };
        format!("{:<22} {:>12}  {result:<6}  {counts}", self.what, step::duration(self.took))
            .trim_end()
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    #[test]
    fn a_failed_step_fails_the_whole() {
        let mut report = Report::start();
        report.counts("unit", Ok(Counts { passed: 3, failed: 0, skipped: 1 }));
        assert_eq!(report.close(), ExitCode::SUCCESS);
        report.step::<()>("clippy", Err(anyhow!("a warning")));
        assert_eq!(report.close(), ExitCode::FAILURE);
        assert!(report.rows[0].line().ends_with("ok      3 passed, 0 failed, 1 skipped"));
        assert!(report.rows[1].line().ends_with("FAILED  0 passed, 1 failed"));
    }
}
