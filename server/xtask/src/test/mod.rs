//! Everything a contributor must pass, the cheapest first.

mod browser;
mod counts;
mod report;
mod unit;

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::front_end::Mode;
use crate::postgres::Postgres;
use crate::{format, lint, server};
use counts::Counts;
use report::Report;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Unit and integration tests, on SQLite and PostgreSQL.
    Unit,
    /// The tests in a real browser, against the optimised server.
    Browser,
}

/// All of it, or one part with the filter handed to its runner. One failure does not hide the next.
pub fn run(part: Option<Part>, mode: Mode, filter: &[String]) -> Result<ExitCode> {
    if part.is_none() && !filter.is_empty() {
        bail!("a filter needs a part: `cargo xtask test unit -- NAME` or `cargo xtask test browser -- NAME`");
    }
    let mut report = Report::start();
    if part.is_none() {
        report.step("format", format::check());
        report.step("rules of the source", lint::rules());
        report.step("clippy, server", lint::clippy_server());
        report.step("clippy, front end", lint::clippy_front_end());
    }
    if let Some(postgres) = report.step("PostgreSQL", Postgres::start()) {
        let url = postgres.url();
        if part != Some(Part::Browser) {
            unit_tests(&mut report, &url, filter);
        }
        if part != Some(Part::Unit) {
            browser_tests(&mut report, mode, &url, filter);
        }
    }
    Ok(report.close())
}

fn unit_tests(report: &mut Report, postgres_url: &str, filter: &[String]) {
    report.counts("unit and integration", unit::house(postgres_url, filter));
    if filter.is_empty() {
        report.counts("developer's tool", unit::xtask());
        report.counts("documentation", unit::documentation());
    }
}

fn browser_tests(report: &mut Report, mode: Mode, postgres_url: &str, filter: &[String]) {
    if let Some(binary) = report.step("server and pages", server::build_with_pages(mode)) {
        report.counts("browser", browser::run(&binary, postgres_url, filter));
    }
}
