//! The process that is killed. It says aloud what was acknowledged, the moment it was.

use crate::{THREADS, deeds::Deed, settings};
use conifer_engine::Engine;
use std::{env, io::Write, path::Path, thread};

pub const DIRECTORY: &str = "CONIFER_CRASH_DIRECTORY";
pub const SEED: &str = "CONIFER_CRASH_WRITER_SEED";
/// At which deed each thread begins.
pub const BEGIN: &str = "CONIFER_CRASH_BEGIN";

/// Before each line of the journal: the test harness also talks.
pub const OPENED: &str = "journal: opened";
pub const DONE: &str = "journal: done by ";

pub fn write_until_killed() {
    let setting = |name| env::var(name).expect("the other test sets it");
    let engine = Engine::open(Path::new(&setting(DIRECTORY)), settings(true)).expect("it opens");
    let seed: u64 = setting(SEED).parse().expect("a number");
    let begin: Vec<u64> = setting(BEGIN).split(',').map(|from| from.parse().expect("a number")).collect();
    assert_eq!(begin.len(), THREADS);
    say(OPENED.to_owned());
    thread::scope(|scope| {
        for (thread, from) in begin.into_iter().enumerate() {
            let engine = &engine;
            scope.spawn(move || {
                for number in from.. {
                    Deed::of(seed, thread, number).run(engine, thread, number).expect("a healthy disk");
                    say(format!("{DONE}{thread}"));
                }
            });
        }
    });
}

/// In one piece, past every buffer.
fn say(mut line: String) {
    line.push('\n');
    std::io::stdout().lock().write_all(line.as_bytes()).expect("somebody listens");
}
