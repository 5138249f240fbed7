//! Many at once, on the real file system, with flushes and merges in the background.

use crate::{
    Engine, Filter, IndexName, IndexSpec, Metadata, Metric, NamespaceName, Query, Record, RecordId, Settings,
    Target, Value, Values,
};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

const BATCH: u32 = 10;
const SPEC: IndexSpec = IndexSpec::Dense { dimension: 8, metric: Metric::Euclidean };

fn settings() -> Settings {
    Settings { flush_bytes: 30_000, merge_bytes: 1 << 30, near_rows: 2_000, recall: 0.99, background: true }
}

fn batch(writer: u32, version: u32) -> Vec<Record> {
    let record = |number| Record {
        id: RecordId::new(&format!("w{writer}-{number}")).expect("valid"),
        values: Some(Values::new([1.0 + version as f32; 8]).expect("valid")),
        sparse: None,
        metadata: Metadata::new([("writer".to_owned(), Value::Number(f64::from(writer)))]).expect("small"),
    };
    (0..BATCH).map(record).collect()
}

fn query() -> Query {
    let values = Some(Values::new([0.0; 8]).expect("valid"));
    Query {
        target: Target::Vector { values, sparse: None },
        top_k: 1_000,
        filter: None,
        exact: true,
        include_values: true,
        include_metadata: false,
    }
}

#[test]
fn batches_are_seen_whole_and_never_go_back() {
    let directory = tempfile::tempdir().expect("a directory");
    let (name, namespace) = (IndexName::new("index").expect("valid"), NamespaceName::new("").expect("valid"));
    let versions = 150;
    {
        let engine = Engine::open(directory.path(), settings()).expect("opened");
        let index = engine.create_index(&name, SPEC).expect("created");
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            let (index, namespace, done) = (&index, &namespace, &done);
            let writers: Vec<_> = (0..3)
                .map(|writer| {
                    scope.spawn(move || {
                        for version in 0..versions {
                            index.upsert(namespace, batch(writer, version)).expect("written");
                            let id = RecordId::new(&format!("w{writer}-0")).expect("valid");
                            let seen = index.fetch(namespace, &[id]).expect("fetched");
                            assert_eq!(seen[0].values, batch(writer, version)[0].values, "visible at once");
                        }
                    })
                })
                .collect();
            for _ in 0..2 {
                scope.spawn(move || {
                    let mut newest = [0.0; 3];
                    while !done.load(Ordering::Relaxed) {
                        let found = index.query(namespace, &query()).expect("answered").matches;
                        assert_eq!(found.len() as u32 % BATCH, 0, "whole batches");
                        for (writer, newest) in newest.iter_mut().enumerate() {
                            let prefix = format!("w{writer}-");
                            let of_writer =
                                found.iter().filter(|found| found.id.as_str().starts_with(&prefix));
                            let mut values: Vec<f32> =
                                of_writer.filter_map(|found| Some(found.values.as_ref()?[0])).collect();
                            values.dedup();
                            assert!(values.len() <= 1, "all of one batch");
                            if let Some(value) = values.first() {
                                assert!(*value >= *newest, "never back");
                                *newest = *value;
                            }
                        }
                    }
                });
            }
            writers.into_iter().for_each(|writer| writer.join().expect("no panic"));
            done.store(true, Ordering::Relaxed);
        });
        assert!(Engine::open(directory.path(), settings()).is_err(), "one process at a time");
    }
    let engine = Engine::open(directory.path(), settings()).expect("opened again");
    let index = engine.index(&name).expect("there");
    index.verify().expect("intact");
    for record in index.query(&namespace, &query()).expect("answered").matches {
        assert_eq!(record.values.expect("included")[0], versions as f32);
    }
    let of_first = Filter::Field {
        name: "writer".to_owned(),
        test: crate::filter::Test::Equal(crate::filter::Scalar::Number(0.0)),
    };
    assert_eq!(index.count(&namespace, Some(&of_first)).expect("counted"), u64::from(BATCH));
    assert_eq!(index.count(&namespace, None).expect("counted"), u64::from(3 * BATCH));
}
