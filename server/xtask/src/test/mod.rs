//! Everything a contributor must pass, the cheapest first.

mod browser;
mod counts;
mod playwright;
mod report;
mod sdk;
mod unit;

use std::path::Path;
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
    /// The tests through the SDKs that programs use, and with requests that nobody would write.
    Sdk,
}

/// All of it, or one part with the filter handed to its runner. One failure does not hide the next.
pub fn run(part: Option<Part>, mode: Mode, filter: &[String]) -> Result<ExitCode> {
    if part.is_none() && !filter.is_empty() {
        bail!("a filter needs a part: `cargo xtask test unit -- NAME`, or `browser`, or `sdk`");
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
        if part.is_none_or(|part| part == Part::Unit) {
            unit_tests(&mut report, &url, filter);
        }
        if part != Some(Part::Unit) {
            tests_from_outside(&mut report, part, mode, &url, filter);
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

/// Requests that nobody would write, longer than the tests send them.
pub fn fuzz_api(seconds: u64) -> Result<()> {
    let conifer = server::build_with_pages(Mode::Optimised)?;
    sdk::openapi::fuzz(&Under { conifer: &conifer, postgres_url: "" }, seconds)
}

/// What the tests from outside are told.
struct Under<'a> {
    conifer: &'a Path,
    postgres_url: &'a str,
}

fn tests_from_outside(
    report: &mut Report,
    part: Option<Part>,
    mode: Mode,
    postgres_url: &str,
    filter: &[String],
) {
    // The SDKs see no page.
    let build = if (part, mode) == (Some(Part::Sdk), Mode::Dev) {
        server::build_dev()
    } else {
        server::build_with_pages(mode)
    };
    let Some(conifer) = report.step("server and pages", build) else { return };
    let under = Under { conifer: &conifer, postgres_url };
    if part != Some(Part::Browser)
        && let Err(error) = sdk::run(report, &under, filter)
    {
        report.step::<()>("SDKs", Err(error));
    }
    if part != Some(Part::Sdk) {
        report.counts("browser", browser::run(&under, filter));
    }
}
