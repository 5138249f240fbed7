//! Pytest, with one generation of the Python SDK or another program of Python's.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::test::{Counts, Under};
use crate::tools::python;
use crate::{paths, step};

/// Runs these rooms of the tests with this SDK.
pub fn run(sdk: &str, rooms: &[&str], under: &Under<'_>, filter: &[String]) -> Result<Counts> {
    let mut pytest = pytest(sdk, under)?;
    pytest.args(rooms.iter().map(|room| format!("tests/{room}"))).args(filter);
    counts(&format!("Tests with {sdk}"), &mut pytest)
}

/// Pytest with the packages of `requirements/NAME.txt`.
pub fn pytest(name: &str, under: &Under<'_>) -> Result<Command> {
    let home = paths::root().join("end2end/sdk/python");
    let requirements = home.join(format!("requirements/{name}.txt"));
    let requirements = fs::read_to_string(&requirements)
        .with_context(|| format!("cannot read {}", requirements.display()))?;
    let mut pytest = Command::new(python::place(name, &requirements)?);
    pytest.args(["-m", "pytest", "--color", if step::in_terminal() { "yes" } else { "no" }]);
    pytest.current_dir(home).env("PYTHONDONTWRITEBYTECODE", "1");
    pytest.env("CONIFER_BINARY", under.conifer).env("CONIFER_TEST_POSTGRES_URL", under.postgres_url);
    Ok(pytest)
}

pub fn counts(what: &str, pytest: &mut Command) -> Result<Counts> {
    let transcript = step::show(what, pytest)?;
    Ok(Counts::of(&transcript, Counts::from_pytest(&transcript.lines)))
}
