use super::support::{dense, filled, filter, id, ids, index, is_missing, record, space};
use crate::{Metric, NamespaceCount, VectorEngine};
use serde_json::json;

fn fill(engine: &dyn VectorEngine) {
    let records = (0..5).map(|n| record(&format!("r{n}"), &[1.0], json!({"n": n}))).collect();
    filled(engine, dense(1, Metric::DotProduct), records);
    engine.upsert(&index("i"), &space("two"), vec![record("a", &[1.0], json!({"n": 4}))]).expect("written");
    engine.create_namespace(&index("i"), &space("none")).expect("created");
}

pub fn counts_by_namespace(engine: &dyn VectorEngine) {
    fill(engine);
    let counts = |json| engine.counts(&index("i"), json).expect("counted");
    let expected =
        |all: [(&str, u64); 3]| all.map(|(name, records)| NamespaceCount { name: space(name), records });
    assert_eq!(counts(None), expected([("", 5), ("none", 0), ("two", 1)]));
    let few = filter(json!({"n": {"$gte": 3}}));
    assert_eq!(counts(Some(&few)), expected([("", 2), ("none", 0), ("two", 1)]));
    is_missing(engine.counts(&index("none"), None));
}

pub fn of_an_index(engine: &dyn VectorEngine) {
    fill(engine);
    let i = index("i");
    let stats = engine.stats(&i).expect("there");
    assert_eq!((stats.records, stats.namespaces), (6, 3));
    assert!(stats.disk_bytes > 0);
    let written = engine.delete(&i, &space(""), ids(&["r0"])).expect("deleted");
    assert!(written.number > stats.last_write);
    assert_eq!(engine.last_write(&i).expect("there"), written.number);
    assert_eq!(engine.stats(&i).expect("there").last_write, written.number);
    let nothing = engine.delete(&i, &space(""), vec![id("none")]).expect("nothing to do");
    assert_eq!(engine.last_write(&i).expect("there"), nothing.number, "what is not there is no write");
    assert_eq!(engine.stats(&i).expect("there").records, 5);
    engine.verify(&i).expect("intact");
    is_missing(engine.stats(&index("none")));
    is_missing(engine.verify(&index("none")));
}
