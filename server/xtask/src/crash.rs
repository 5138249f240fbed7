//! Killing the vector engine while it writes.

use anyhow::{Result, bail};

use crate::{process, step};

/// Repeats the test that everybody runs, longer and on optimised code.
pub fn run(kills: usize, seed: Option<u64>) -> Result<()> {
    let mut command = process::cargo();
    command.args([
        "test",
        "--release",
        "--package",
        "conifer-engine",
        "--test",
        "crash",
        "--",
        "--nocapture",
    ]);
    command.env("CONIFER_CRASH_KILLS", kills.to_string());
    if let Some(seed) = seed {
        command.env("CONIFER_CRASH_SEED", seed.to_string());
    }
    let transcript = step::show(&format!("Killing a writing engine {kills} times"), &mut command)?;
    if !transcript.success {
        bail!("what was acknowledged is not what is there");
    }
    Ok(())
}
