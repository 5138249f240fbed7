//! The tests from outside through the SDKs that programs use, each in its own language and generation.

pub mod openapi;
mod python;
mod typescript;

use anyhow::{Result, bail};

use super::report::Report;
use super::{Counts, Under};

type Suite = (&'static str, fn(&Under<'_>, &[String]) -> Result<Counts>);

const SUITES: [Suite; 5] = [
    ("python-10.2.0", |under, filter| {
        python::run("pinecone-10.2.0", &["program", "common", "since_10"], under, filter)
    }),
    ("python-8.1.2", |under, filter| {
        python::run("pinecone-8.1.2", &["program", "common", "until_8"], under, filter)
    }),
    ("python-6.0.2", |under, filter| python::run("pinecone-6.0.2", &["program"], under, filter)),
    ("typescript", typescript::run),
    ("openapi", openapi::run),
];

/// All of them, or the one that the filter begins with; the rest of the filter is its runner's.
pub fn run(report: &mut Report, under: &Under<'_>, filter: &[String]) -> Result<()> {
    let Some((wanted, rest)) = filter.split_first() else {
        for (name, suite) in SUITES {
            report.counts(name, suite(under, &[]));
        }
        return Ok(());
    };
    let Some((name, suite)) = SUITES.into_iter().find(|(name, _)| name == wanted) else {
        let names: Vec<_> = SUITES.iter().map(|(name, _)| *name).collect();
        bail!("the filter begins with one of {}, not `{wanted}`", names.join(", "));
    };
    report.counts(name, suite(under, rest));
    Ok(())
}
