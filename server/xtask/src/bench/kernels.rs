//! The inner loops of the vector engine, by criterion.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{paths, process, step};

/// What criterion calls the measurements of the other commit.
const BEFORE: &str = "before";

/// Measures this state; beside another commit, if one is named: that one first, in the same run.
pub fn run(commit: Option<&str>) -> Result<()> {
    let Some(commit) = commit else { return measure("Measuring the kernels", &paths::root(), &[]) };
    let before = paths::target().join("compared");
    // What an interrupted run left.
    _ = worktree(&["remove", "--force"], &before, &[]);
    step::run(
        &format!("Taking out {commit}"),
        &mut worktree_command(&["add", "--detach"], &before, &[commit]),
    )?;
    let measured =
        measure(&format!("Measuring the kernels of {commit}"), &before, &["--save-baseline", BEFORE])
            .and_then(|()| {
                // What that commit did not have is measured alone.
                let beside = ["--baseline-lenient", BEFORE];
                measure("Measuring the kernels as they are now", &paths::root(), &beside)
            });
    worktree(&["remove", "--force"], &before, &[])?;
    measured
}

fn measure(what: &str, root: &Path, arguments: &[&str]) -> Result<()> {
    let mut bench = process::cargo();
    bench.args(["bench", "--package", "conifer-ann", "--bench", "kernels"]).current_dir(root);
    // A directory each: cargo would take the one's build for the other's.
    bench.arg("--target-dir").arg(root.join("target/kernels"));
    bench.env("CRITERION_HOME", paths::target().join("criterion"));
    if !step::show(what, bench.arg("--").args(arguments))?.success {
        bail!("the kernels were not measured");
    }
    Ok(())
}

fn worktree(action: &[&str], at: &Path, more: &[&str]) -> Result<()> {
    let output = worktree_command(action, at, more).output()?;
    if output.status.success() { Ok(()) } else { bail!("{}", String::from_utf8_lossy(&output.stderr)) }
}

fn worktree_command(action: &[&str], at: &Path, more: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.current_dir(paths::root()).arg("worktree").args(action).arg(at).args(more);
    git
}
