//! The API as programs meet it, beside chroma's server: the same clients ask both.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::engine::{Contest, python};
use crate::{paths, step};

/// Needs Python; without chroma only Conifer is measured.
pub fn run(conifer: &Path, contest: &Contest) -> Result<()> {
    let scratch = tempfile::tempdir_in(paths::target())?;
    let mut run = Command::new(python()?);
    run.arg(paths::root().join("server/api/contest/run.py"));
    run.arg(conifer).arg(std::env::current_exe()?).arg(scratch.path());
    contest.tell(&mut run);
    if !step::show("Measuring the API", &mut run)?.success {
        bail!("the measurement did not end");
    }
    Ok(())
}
