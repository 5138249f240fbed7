use super::support::{all_ids, dense, exists_already, filled, ids, index, is_missing, record, space};
use crate::{Metric, SnapshotName, VectorEngine};
use serde_json::json;

fn snapshot(name: &str) -> SnapshotName {
    SnapshotName::new(name).expect("valid")
}

pub fn keep_a_moment(engine: &dyn VectorEngine) {
    let (i, space) = (index("i"), space(""));
    let records = ["a", "b"].map(|name| record(name, &[1.0], json!({"k": name})));
    filled(engine, dense(1, Metric::Euclidean), records.to_vec());
    engine.snapshot(&i, &snapshot("kept")).expect("snapped");
    engine.delete(&i, &space, ids(&["a"])).expect("deleted");
    engine.upsert(&i, &space, vec![record("c", &[1.0], json!({}))]).expect("written");
    assert_eq!(all_ids(engine), ["b", "c"]);
    engine.restore(&snapshot("kept"), &index("copy")).expect("restored");
    let copied = engine.fetch(&index("copy"), &space, &ids(&["a", "b", "c"])).expect("fetched");
    assert_eq!(copied.iter().map(|record| (**record).clone()).collect::<Vec<_>>(), records);
    engine.drop_index(&i).expect("dropped");
    engine.drop_index(&index("copy")).expect("dropped");
    engine.restore(&snapshot("kept"), &i).expect("a snapshot outlives its index");
    assert_eq!(all_ids(engine), ["a", "b"]);
    engine.delete(&i, &space, ids(&["b"])).expect("a restored index is written like any other");
    assert_eq!(all_ids(engine), ["a"]);
}

pub fn and_names(engine: &dyn VectorEngine) {
    filled(engine, dense(1, Metric::Euclidean), vec![record("a", &[1.0], json!({}))]);
    is_missing(engine.snapshot(&index("none"), &snapshot("s")));
    is_missing(engine.restore(&snapshot("none"), &index("new")));
    is_missing(engine.drop_snapshot(&snapshot("none")));
    engine.snapshot(&index("i"), &snapshot("t")).expect("snapped");
    engine.snapshot(&index("i"), &snapshot("s")).expect("snapped");
    exists_already(engine.snapshot(&index("i"), &snapshot("s")));
    exists_already(engine.restore(&snapshot("s"), &index("i")));
    assert_eq!(engine.snapshots().expect("listed"), [snapshot("s"), snapshot("t")]);
    engine.drop_snapshot(&snapshot("s")).expect("dropped");
    assert_eq!(engine.snapshots().expect("listed"), [snapshot("t")]);
    engine.snapshot(&index("i"), &snapshot("s")).expect("the name is free again");
}
