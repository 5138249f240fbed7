use super::support::{
    dense, exists_already, filled, id, ids, index, is_invalid, is_missing, query, record, space,
};
use crate::{IndexSpec, Metric, NamespaceCount, VectorEngine};
use serde_json::json;

pub fn come_and_go(engine: &dyn VectorEngine) {
    assert!(engine.indexes().expect("listed").is_empty());
    let specs = [
        ("cosine", dense(3, Metric::Cosine)),
        ("dot", dense(20_000, Metric::DotProduct)),
        ("euclid", dense(1, Metric::Euclidean)),
        ("hybrid", IndexSpec::Hybrid { dimension: 2 }),
        ("sparse", IndexSpec::Sparse),
    ];
    for (name, spec) in specs {
        engine.create_index(&index(name), spec).expect("created");
    }
    exists_already(engine.create_index(&index("dot"), IndexSpec::Sparse));
    let listed = engine.indexes().expect("listed");
    assert_eq!(listed, specs.map(|(name, spec)| (index(name), spec)), "in order, and as they were made");
    engine.drop_index(&index("dot")).expect("dropped");
    is_missing(engine.drop_index(&index("dot")));
    assert_eq!(engine.indexes().expect("listed").len(), 4);
    engine.create_index(&index("dot"), IndexSpec::Sparse).expect("the name is free again");
    is_invalid(engine.create_index(&index("none"), dense(0, Metric::Cosine)), "dimension", "1 to 20000");
    is_invalid(
        engine.create_index(&index("none"), IndexSpec::Hybrid { dimension: 20_001 }),
        "dimension",
        "20001",
    );
}

pub fn are_apart(engine: &dyn VectorEngine) {
    filled(engine, dense(1, Metric::DotProduct), vec![record("a", &[1.0], json!({}))]);
    engine.create_index(&index("other"), dense(1, Metric::DotProduct)).expect("created");
    assert_eq!(engine.count(&index("other"), &space(""), None).expect("counted"), 0);
    engine.drop_index(&index("i")).expect("dropped");
    engine.create_index(&index("i"), dense(1, Metric::DotProduct)).expect("created");
    assert_eq!(engine.count(&index("i"), &space(""), None).expect("counted"), 0, "nothing of the old one");
}

pub fn namespaces_begin_with_a_write(engine: &dyn VectorEngine) {
    let i = index("i");
    filled(engine, dense(1, Metric::DotProduct), vec![record("a", &[1.0], json!({}))]);
    let listed = || engine.namespaces(&i, "", None, 10).expect("listed").items;
    let count = |name, records| NamespaceCount { name: space(name), records };
    assert_eq!(listed(), [count("", 1)]);
    engine.upsert(&i, &space("two"), vec![record("a", &[2.0], json!({}))]).expect("written");
    engine.create_namespace(&i, &space("empty")).expect("created");
    exists_already(engine.create_namespace(&i, &space("two")));
    assert_eq!(listed(), [count("", 1), count("empty", 0), count("two", 1)]);
    assert_eq!(
        engine.fetch(&i, &space("two"), &[id("a")]).expect("fetched")[0].values.as_deref(),
        Some(&[2.0][..])
    );
    assert_eq!(engine.drop_namespace(&i, &space("two")).expect("dropped").records, 1);
    is_missing(engine.drop_namespace(&i, &space("two")));
    engine.delete_all(&i, &space("")).expect("deleted");
    assert_eq!(listed(), [count("", 0), count("empty", 0)], "an emptied namespace stays");
}

pub fn namespaces_are_listed_by_page(engine: &dyn VectorEngine) {
    let i = index("i");
    engine.create_index(&i, IndexSpec::Sparse).expect("created");
    for name in ["b", "a", "ab", "c", "aa"] {
        engine.create_namespace(&i, &space(name)).expect("created");
    }
    let mut names = Vec::new();
    let mut after = None;
    loop {
        let page = engine.namespaces(&i, "a", after.as_ref(), 2).expect("listed");
        names.extend(page.items.iter().map(|item| item.name.to_string()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(names, ["a", "aa", "ab"]);
    is_invalid(engine.namespaces(&i, "", None, 0), "limit", "1 to 10000");
}

pub fn what_is_missing(engine: &dyn VectorEngine) {
    let (none, space) = (index("none"), space(""));
    is_missing(engine.count(&none, &space, None));
    is_missing(engine.upsert(&none, &space, vec![record("a", &[1.0], json!({}))]));
    is_missing(engine.query(&none, &space, &query(&[1.0], 1)));
    is_missing(engine.namespaces(&none, "", None, 1));
    let i = index("i");
    engine.create_index(&i, dense(1, Metric::Cosine)).expect("created");
    assert!(engine.query(&i, &space, &query(&[1.0], 1)).expect("answered").matches.is_empty());
    assert!(engine.fetch(&i, &space, &[id("a")]).expect("fetched").is_empty());
    assert_eq!(engine.delete(&i, &space, ids(&["a"])).expect("nothing to do").records, 0);
    assert_eq!(engine.delete_all(&i, &space).expect("nothing to do").records, 0);
    assert!(
        engine.namespaces(&i, "", None, 1).expect("listed").items.is_empty(),
        "a delete makes no namespace"
    );
}
