use super::support::{dense, filled, filter, id, ids, index, is_invalid, record, space};
use crate::{IndexSpec, Metric, Selection, VectorEngine, filter::Filter};
use serde_json::json;

fn all(limit: usize) -> Selection {
    Selection::Sample { filter: None, limit }
}

/// A line of ten, and one far from it.
fn fill(engine: &dyn VectorEngine) {
    let on_line = |n: u32| record(&format!("r{n}"), &[n as f32, 2.0 * n as f32 + 1.0], json!({"n": n}));
    let mut records: Vec<_> = (0..10).map(on_line).collect();
    records.push(record("far", &[100.0, -50.0], json!({"n": -1})));
    filled(engine, dense(2, Metric::Euclidean), records);
}

pub fn projections(engine: &dyn VectorEngine) {
    fill(engine);
    let on_line = Some(filter(json!({"n": {"$gte": 0}})));
    let project = |selection| engine.project(&index("i"), &space(""), &selection, 2).expect("shown");
    let shown = project(Selection::Sample { filter: on_line, limit: 100 });
    assert_eq!(shown.points.len(), 10);
    assert!(shown.shares[0] > 0.999 && shown.shares[1] < 0.001, "a line is one direction");
    let at = |name: &str| &shown.points.iter().find(|(found, _)| *found == id(name)).expect("shown").1;
    assert!(((at("r9")[0] - at("r0")[0]).abs() - 9.0 * 5_f32.sqrt()).abs() < 1e-3);
    assert_eq!(project(Selection::Ids(ids(&["r1", "none", "r2"]))).points.len(), 2);
    assert_eq!(project(all(4)).points.len(), 4, "every third");
    let empty = engine.project(&index("i"), &space("none"), &all(4), 3).expect("nothing to show");
    assert!(empty.points.is_empty());
}

pub fn outliers(engine: &dyn VectorEngine) {
    fill(engine);
    let found = engine.outliers(&index("i"), &space(""), &all(100), 2).expect("found");
    assert_eq!((found.len(), &found[0].id), (11, &id("far")));
    assert!(found[0].distance > 10.0 && found[10].distance <= 1.0);
}

pub fn duplicates(engine: &dyn VectorEngine) {
    let records = [("a", 1.0), ("b", 2.0), ("c", 1.0), ("d", -0.0), ("e", 0.0), ("f", 1.0)];
    let records = records.map(|(name, value)| record(name, &[value, 7.0], json!({"old": name < "c"})));
    filled(engine, dense(2, Metric::Cosine), records.to_vec());
    let found = |filter: Option<Filter>, limit| {
        engine.duplicates(&index("i"), &space(""), filter.as_ref(), limit).expect("found")
    };
    assert_eq!(found(None, 10), [ids(&["a", "c", "f"]), ids(&["d", "e"])]);
    assert_eq!(found(None, 1), [ids(&["a", "c", "f"])]);
    assert_eq!(
        found(Some(filter(json!({"old": false}))), 10),
        [ids(&["c", "f"]), ids(&["d", "e"])],
        "of those that match"
    );
}

pub fn limits(engine: &dyn VectorEngine) {
    let (i, space) = (index("i"), space(""));
    fill(engine);
    is_invalid(engine.project(&i, &space, &all(1), 4), "dimensions", "1 to 3");
    is_invalid(engine.project(&i, &space, &all(20_001), 2), "limit", "1 to 20000");
    is_invalid(engine.outliers(&i, &space, &Selection::Ids(Vec::new()), 1), "ids", "but is 0");
    is_invalid(engine.outliers(&i, &space, &all(1), 0), "neighbours", "1 to 10000");
    is_invalid(engine.duplicates(&i, &space, None, 0), "limit", "1 to 10000");
    engine.create_index(&index("sparse"), IndexSpec::Sparse).expect("created");
    is_invalid(engine.project(&index("sparse"), &space, &all(1), 2), "values", "the index is sparse");
    is_invalid(engine.duplicates(&index("sparse"), &space, None, 1), "values", "the index is sparse");
}
