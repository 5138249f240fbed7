use super::support::{
    all_ids, dense, filled, filter, id, ids, index, is_invalid, is_missing, metadata, record, space, sparse,
    values,
};
use crate::{IndexSpec, Metric, Patch, Record, VectorEngine};
use serde_json::json;

fn fetched(engine: &dyn VectorEngine, name: &str) -> Record {
    let found = engine.fetch(&index("i"), &space(""), &[id(name)]).expect("fetched");
    Record::clone(&found[0])
}

pub fn upsert_inserts_and_replaces(engine: &dyn VectorEngine) {
    filled(engine, dense(2, Metric::Cosine), vec![record("a", &[1.0, 2.0], json!({"old": 1}))]);
    let newer = vec![record("a", &[3.0, 4.0], json!({"new": 2})), record("b", &[5.0, 6.0], json!({}))];
    let written = engine.upsert(&index("i"), &space(""), newer.clone()).expect("written");
    assert_eq!(written.records, 2);
    assert_eq!([fetched(engine, "a"), fetched(engine, "b")], newer[..], "replaced as a whole");
}

pub fn update_changes_what_it_names(engine: &dyn VectorEngine) {
    let (i, space) = (index("i"), space(""));
    filled(
        engine,
        IndexSpec::Hybrid { dimension: 1 },
        vec![record("a", &[1.0], json!({"k": 1, "l": ["x"]}))],
    );
    let update = |patch| engine.update(&i, &space, &id("a"), patch);
    update(Patch { values: Some(values(&[2.0])), ..Patch::default() }).expect("written");
    update(Patch { sparse: Some(sparse(&[(3, 1.0)])), ..Patch::default() }).expect("written");
    update(Patch { metadata: metadata(json!({"k": "two", "m": true})), ..Patch::default() })
        .expect("written");
    let expected = Record {
        sparse: Some(sparse(&[(3, 1.0)])),
        ..record("a", &[2.0], json!({"k": "two", "l": ["x"], "m": true}))
    };
    assert_eq!(fetched(engine, "a"), expected);
    is_missing(engine.update(
        &i,
        &space,
        &id("none"),
        Patch { values: Some(values(&[2.0])), ..Patch::default() },
    ));
    is_invalid(update(Patch::default()), "update", "is required");
    is_invalid(
        update(Patch { values: Some(values(&[1.0, 2.0])), ..Patch::default() }),
        "values",
        "must have 1",
    );
    let large =
        |name: &str| Patch { metadata: metadata(json!({name: "x".repeat(30_000)})), ..Patch::default() };
    update(large("one")).expect("within the limit");
    is_invalid(update(large("two")), "\"a\".metadata", "40960 bytes");
}

pub fn updates_by_filter(engine: &dyn VectorEngine) {
    let (i, space) = (index("i"), space(""));
    let records = (0..5).map(|n| record(&format!("r{n}"), &[1.0], json!({"n": n}))).collect();
    filled(engine, dense(1, Metric::DotProduct), records);
    let patch = || Patch { metadata: metadata(json!({"seen": true})), ..Patch::default() };
    let written =
        engine.update_matching(&i, &space, filter(json!({"n": {"$gte": 3}})), patch()).expect("written");
    assert_eq!(written.records, 2);
    assert_eq!(engine.count(&i, &space, Some(&filter(json!({"seen": true})))).expect("counted"), 2);
    assert_eq!(
        engine.update_matching(&i, &space, filter(json!({"n": 9})), patch()).expect("none").records,
        0
    );
    is_invalid(
        engine.update_matching(&i, &space, filter(json!({})), patch()),
        "filter",
        "at least one condition",
    );
}

pub fn deletes(engine: &dyn VectorEngine) {
    let (i, space) = (index("i"), space(""));
    let records = (0..6).map(|n| record(&format!("r{n}"), &[1.0], json!({"n": n}))).collect();
    filled(engine, dense(1, Metric::DotProduct), records);
    let deleted = engine.delete(&i, &space, ids(&["r0", "none", "r0"])).expect("deleted");
    assert_eq!(deleted.records, 1);
    assert_eq!(
        engine.delete_matching(&i, &space, filter(json!({"n": {"$in": [1, 2]}}))).expect("deleted").records,
        2
    );
    assert_eq!(all_ids(engine), ["r3", "r4", "r5"]);
    is_invalid(engine.delete_matching(&i, &space, filter(json!({}))), "filter", "at least one condition");
    assert_eq!(engine.delete_all(&i, &space).expect("deleted").records, 3);
    assert!(all_ids(engine).is_empty());
}

pub fn are_numbered(engine: &dyn VectorEngine) {
    let (i, space) = (index("i"), space(""));
    engine.create_index(&i, dense(1, Metric::DotProduct)).expect("created");
    let write = || engine.upsert(&i, &space, vec![record("a", &[1.0], json!({}))]).expect("written").number;
    let (first, second) = (write(), write());
    let deleted = engine.delete(&i, &space, ids(&["a"])).expect("deleted").number;
    assert!(first < second && second < deleted, "{first}, {second}, {deleted}");
}

pub fn nothing_is_half_done(engine: &dyn VectorEngine) {
    let (i, space) = (index("i"), space(""));
    engine.create_index(&i, dense(1, Metric::DotProduct)).expect("created");
    let records = vec![record("a", &[1.0], json!({})), record("b", &[1.0, 2.0], json!({}))];
    is_invalid(engine.upsert(&i, &space, records), "records[1].values", "must have 1 numbers");
    assert!(all_ids(engine).is_empty(), "neither of them");
    let twice = vec![record("a", &[1.0], json!({})), record("a", &[2.0], json!({}))];
    is_invalid(engine.upsert(&i, &space, twice), "records", "\"a\" more than once");
}
