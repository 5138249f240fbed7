//! A process that writes is killed at random moments, again and again, while another keeps the journal of what was
//! acknowledged. After each kill the directory must hold just that.

mod deeds;
mod life;
mod oracle;
mod random;
mod writer;

use conifer_engine::{Engine, IndexSpec, Metric, Settings};
use life::Life;
use oracle::Oracle;
use random::Random;

/// Writers in the killed process, each with a namespace of its own.
const THREADS: usize = 3;
const DIMENSION: usize = 8;

fn kills() -> usize {
    std::env::var("CONIFER_CRASH_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(100)
}

fn seed() -> u64 {
    std::env::var("CONIFER_CRASH_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(Random::fresh_seed)
}

/// Small, so that kills fall into flushes and merges too.
fn settings(background: bool) -> Settings {
    Settings { flush_bytes: 48 << 10, merge_bytes: 1 << 20, background, ..Settings::default() }
}

fn spec() -> IndexSpec {
    IndexSpec::Dense { dimension: DIMENSION, metric: Metric::Euclidean }
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_deleted_comes_back() {
    let (kills, seed) = (kills(), seed());
    println!("seed {seed} (CONIFER_CRASH_SEED replays the deeds; when they are cut short is chance)");
    let directory = tempfile::tempdir().expect("a directory");
    let engine = Engine::open(directory.path(), settings(false)).expect("a new directory opens");
    engine.create_index(&oracle::index(), spec()).expect("a name that is free");
    drop(engine);
    let mut random = Random::new(seed);
    let mut oracles: Vec<Oracle> = (0..THREADS).map(|thread| Oracle::new(seed, thread)).collect();
    let mut figures = Figures::default();
    for _ in 0..kills {
        let begin: Vec<u64> = oracles.iter().map(Oracle::done).collect();
        let life = Life::lead(directory.path(), seed, &begin, &mut random);
        figures.opened += usize::from(life.opened);
        let engine = Engine::open(directory.path(), settings(false)).expect("what a kill leaves opens");
        for (oracle, acknowledged) in oracles.iter_mut().zip(life.acknowledged) {
            figures.acknowledged += acknowledged;
            (0..acknowledged).for_each(|_| oracle.go_on());
            figures.in_flight += u64::from(oracle.settle(&engine));
        }
    }
    println!(
        "{kills} kills, {} of them before the directory was open; {} acknowledged writes, none lost; \
         {} writes in flight were whole, all others absent",
        kills - figures.opened,
        figures.acknowledged,
        figures.in_flight
    );
    assert!(figures.acknowledged > kills as u64, "the writers came to write");
}

#[derive(Default)]
struct Figures {
    opened: usize,
    acknowledged: u64,
    in_flight: u64,
}

/// What is killed: this program again, with a directory to write to.
#[test]
#[ignore = "the other test runs it in a process of its own"]
fn writer() {
    writer::write_until_killed();
}
