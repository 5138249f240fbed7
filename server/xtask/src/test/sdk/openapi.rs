//! Schemathesis: requests that nobody would write, from what the API says of itself.

use std::process;

use anyhow::{Result, bail};

use super::python;
use crate::test::{Counts, Under};

/// The same requests each time, some seconds for each plane of the API and each kind of key.
pub fn run(under: &Under<'_>, filter: &[String]) -> Result<Counts> {
    let mut pytest = python::pytest("schemathesis", under)?;
    python::counts("Tests of the API's description", pytest.arg("openapi").args(filter))
}

/// Other requests each time, for so many seconds each.
pub fn fuzz(under: &Under<'_>, seconds: u64) -> Result<()> {
    let mut pytest = python::pytest("schemathesis", under)?;
    pytest.arg("openapi").env("CONIFER_OPENAPI_SECONDS", seconds.to_string());
    pytest.env("CONIFER_OPENAPI_SEED", process::id().to_string());
    if python::counts("Fuzzing the API", &mut pytest)?.failed > 0 {
        bail!("an answer of the API is not as it says; the request is named above");
    }
    Ok(())
}
