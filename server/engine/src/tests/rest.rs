//! While nothing is written, an index comes to rest: queries then look into one place.

use super::{
    generate::Random,
    model::SETTINGS,
    near::{namespace, query, recall, record, written},
};
use crate::{Engine, IndexName, Metric, Settings, vfs::MemoryVfs};
use std::{
    path::Path,
    sync::Arc,
    thread::sleep,
    time::{Duration, Instant},
};

/// Nothing is flushed for its size.
const ROOMY: Settings = Settings { flush_bytes: 1 << 30, near_rows: 1_000, ..SETTINGS };

fn open(vfs: &MemoryVfs, settings: Settings) -> Engine {
    Engine::open_on(Arc::new(vfs.clone()), Path::new("/"), settings).expect("opened")
}

#[test]
fn what_was_in_memory_is_as_quick_to_search_after_a_restart() {
    let vfs = MemoryVfs::default();
    written(&open(&vfs, ROOMY), Metric::Cosine);
    let engine = open(&vfs, ROOMY);
    let index = engine.index(&IndexName::new("i").expect("valid")).expect("there");
    let told = index.query(&namespace(), &query(&mut Random(2), None)).expect("answered").explanation;
    assert!(told.segments == 0 && told.scored < 2_000, "{told:?}");
}

#[test]
fn an_index_that_nobody_writes_to_comes_to_rest_in_one_segment() {
    let engine = open(&MemoryVfs::default(), ROOMY);
    let index = written(&engine, Metric::Cosine);
    index.flush().expect("flushed");
    for from in [0, 1_000] {
        let more = (from..from + 1_000).map(|number| record(number, "more"));
        index.upsert(&namespace(), more.collect()).expect("written");
    }
    index.rest_if_quiet().expect("seen");
    assert_eq!(index.stats().expect("there").segments, 1, "it was written to before");
    index.upsert(&namespace(), vec![record(0, "last")]).expect("written");
    index.rest_if_quiet().expect("seen again");
    assert_eq!(index.stats().expect("there").segments, 1, "it was written to since");
    index.rest_if_quiet().expect("rested");
    let at_rest = index.stats().expect("there");
    assert_eq!((at_rest.segments, at_rest.memory_bytes, at_rest.records), (1, 0, 6_001));
    assert!(recall(&index, None) >= 0.97);

    index.upsert(&namespace(), (0..500).map(|number| record(number, "few")).collect()).expect("written");
    index.rest_if_quiet().expect("seen");
    index.rest_if_quiet().expect("rested");
    assert!(index.stats().expect("there").memory_bytes > 0, "so few are quicker to search in memory");
    index.flush().expect("flushed");
    index.rest().expect("rested");
    assert_eq!(
        index.stats().expect("there").segments,
        2,
        "they are few beside what they would be merged with"
    );
}

#[test]
fn the_thread_lets_indexes_rest() {
    let engine = open(&MemoryVfs::default(), Settings { background: true, ..ROOMY });
    let index = written(&engine, Metric::Cosine);
    let begun = Instant::now();
    while index.stats().expect("there").memory_bytes > 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not rest");
        sleep(Duration::from_millis(50));
    }
    assert_eq!(index.stats().expect("there").segments, 1);
}
