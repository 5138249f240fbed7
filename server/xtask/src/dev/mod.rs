//! Rebuild and reload on change.

mod watch;

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::front_end::{self, Mode};
use crate::process::Group;
use crate::{interrupt, paths, server, step};
use watch::{Change, Watch};

/// Long enough to find every file of one save, short enough not to be noticed.
const POLL: Duration = Duration::from_millis(300);

pub fn run(arguments: &[String]) -> Result<()> {
    let mut watch = Watch::start(&paths::root())?;
    let mut conifer = None;
    let mut pending = Some(Change::ALL);
    let mut news = true;
    loop {
        interrupt::check()?;
        if let (true, Some(change)) = (news, pending) {
            match rebuild(change) {
                Ok(()) => {
                    // The old one ends first: they share the address and the data.
                    drop(conifer.take());
                    conifer = Some(start(arguments)?);
                    pending = None;
                }
                Err(error) => step::say(&format!("{error:#}\nwaiting for the next change")),
            }
        }
        thread::sleep(POLL);
        let change = watch.change()?;
        news = change.is_some();
        pending = pending.into_iter().chain(change).reduce(Change::and);
    }
}

fn rebuild(change: Change) -> Result<()> {
    if change.front_end {
        front_end::build(Mode::Dev)?;
    }
    if change.server {
        server::build_dev()?;
    }
    Ok(())
}

/// Pages of this server load again when it is started anew.
fn start(arguments: &[String]) -> Result<Group> {
    let mut conifer = Command::new(paths::dev_server());
    conifer.arg("serve").args(arguments).env("CONIFER_DEV_RELOAD", "1");
    Group::spawn(conifer.stdout(Stdio::inherit()))
}
