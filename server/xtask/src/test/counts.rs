//! What the runners themselves counted.

use std::fmt::{self, Display, Formatter};
use std::iter::Sum;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::step::Transcript;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Counts {
    /// A runner that failed without a failed test (it did not compile, it crashed) is a failure too.
    pub fn of(transcript: &Transcript, counted: Option<Self>) -> Self {
        let mut counts = counted.unwrap_or_default();
        if !transcript.success || counted.is_none() {
            counts.failed = counts.failed.max(1);
        }
        counts
    }

    /// From nextest's line `Summary [0.1s] 9 tests run: 7 passed (1 slow), 1 failed, 1 timed out, 2 skipped`.
    pub fn from_nextest(lines: &[String]) -> Option<Self> {
        let summary = lines.iter().rev().find(|line| line.trim_start().starts_with("Summary ["))?;
        let (_, results) = summary.split_once(" run: ")?;
        without_brackets(results)
            .split(',')
            .map(|result| Self::from_words(result.trim()))
            .sum::<Option<Self>>()
    }

    /// From each `test result: ok. 3 passed; 0 failed; 1 ignored; …` of `cargo test`.
    pub fn from_cargo_test(lines: &[String]) -> Option<Self> {
        let results = lines.iter().filter_map(|line| line.trim().strip_prefix("test result: "));
        results
            .map(|result| {
                let counts = result.split_once(". ")?.1;
                counts.split(';').take(3).map(|count| Self::from_words(count.trim())).sum::<Option<Self>>()
            })
            .sum()
    }

    /// From pytest's last line `=== 2 failed, 7 passed, 1 skipped, 3 warnings, 1 error in 1.20s ===`.
    pub fn from_pytest(lines: &[String]) -> Option<Self> {
        let last = |line: &&String| line.starts_with('=') && line.contains(" in ");
        let (results, _) = lines.iter().rev().find(last)?.trim_matches(['=', ' ']).split_once(" in ")?;
        let counted = |result: &&str| !result.ends_with("warnings") && !result.ends_with("warning");
        results.split(", ").filter(counted).map(Self::from_words).sum()
    }

    fn from_words(words: &str) -> Option<Self> {
        let (number, what) = words.split_once(' ')?;
        let number = number.parse().ok()?;
        let none = Self::default();
        Some(match what.trim() {
            "passed" => Self { passed: number, ..none },
            "skipped" | "ignored" | "deselected" => Self { skipped: number, ..none },
            // failed, timed out, exec failed, and whatever else is not a pass.
            _ => Self { failed: number, ..none },
        })
    }

    /// From Playwright's JSON report. A flaky test passed in the end.
    pub fn from_playwright(report: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(report).context("Playwright's report is not JSON")?;
        let count = |name: &str| {
            report["stats"][name].as_u64().with_context(|| format!("Playwright counted no `{name}`"))
        };
        let errors = report["errors"].as_array().map_or(0, Vec::len) as u64;
        Ok(Self {
            passed: count("expected")? + count("flaky")?,
            failed: count("unexpected")? + errors,
            skipped: count("skipped")?,
        })
    }
}

/// Brackets tell of slow and leaky tests among those counted before them.
fn without_brackets(text: &str) -> String {
    let mut parts = text.split('(');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once(')').map_or("", |(_, rest)| rest))
}

impl Display for Counts {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, one| Self {
            passed: sum.passed + one.passed,
            failed: sum.failed + one.failed,
            skipped: sum.skipped + one.skipped,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn nextest_is_understood() {
        let all = |line| Counts::from_nextest(&lines(line));
        assert_eq!(all("   Summary [   0.050s] 9 tests run: 9 passed, 0 skipped"), Some(counts(9, 0, 0)));
        let bad = " Summary [ 1.2s] 9 tests run: 5 passed (1 slow, 2 leaky), 2 failed, 1 exec failed, 1 timed out, 3 skipped";
        assert_eq!(all(bad), Some(counts(5, 4, 3)));
        assert_eq!(
            all("  Summary [ 1.2s] 4/9 tests run: 3 passed, 1 failed, 0 skipped"),
            Some(counts(3, 1, 0))
        );
        assert_eq!(all("error: could not compile"), None);
    }

    #[test]
    fn cargo_test_is_summed_over_binaries() {
        let text = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                    test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(Counts::from_cargo_test(&lines(text)), Some(counts(5, 1, 1)));
    }

    #[test]
    fn pytest_is_understood() {
        let all = |line| Counts::from_pytest(&lines(line));
        assert_eq!(all("===== 12 passed in 3.21s ====="), Some(counts(12, 0, 0)));
        let bad = "= 2 failed, 7 passed, 1 skipped, 3 deselected, 4 warnings, 2 errors in 61.20s (0:01:01) =";
        assert_eq!(all(bad), Some(counts(7, 4, 4)));
        assert_eq!(all("== short test summary info ==\n== no tests ran in 0.01s =="), None);
        assert_eq!(all("ERROR: not found"), None);
    }

    #[test]
    fn playwright_is_understood() {
        let report = r#"{"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":2},"errors":[]}"#;
        assert_eq!(Counts::from_playwright(report).ok(), Some(counts(8, 1, 2)));
        let broken = r#"{"stats":{"expected":0,"unexpected":0,"flaky":0,"skipped":0},"errors":[{"message":"no config"}]}"#;
        assert_eq!(Counts::from_playwright(broken).ok(), Some(counts(0, 1, 0)));
        assert!(Counts::from_playwright("{}").is_err());
    }

    #[test]
    fn a_runner_that_broke_never_counts_as_passed() {
        let broken = Transcript { success: false, lines: Vec::new() };
        assert_eq!(Counts::of(&broken, Some(counts(4, 0, 0))), counts(4, 1, 0));
        assert_eq!(Counts::of(&broken, Some(counts(4, 2, 0))), counts(4, 2, 0));
        let silent = Transcript { success: true, lines: Vec::new() };
        assert_eq!(Counts::of(&silent, None), counts(0, 1, 0));
    }
}
