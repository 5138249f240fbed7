use super::support::{dense, filled, filter, id, ids, index, is_invalid, record, space};
use crate::{Filter, Metric, RecordId, VectorEngine};
use serde_json::json;

fn fill(engine: &dyn VectorEngine, names: &[&str]) {
    let records = names.iter().zip(0..).map(|(name, n)| record(name, &[1.0], json!({"even": n % 2 == 0})));
    filled(engine, dense(1, Metric::DotProduct), records.collect());
}

pub fn fetches(engine: &dyn VectorEngine) {
    fill(engine, &["a", "b"]);
    let fetch = |names: &[&str]| engine.fetch(&index("i"), &space(""), &ids(names));
    let found: Vec<_> =
        fetch(&["b", "none", "a"]).expect("fetched").iter().map(|r| r.id.to_string()).collect();
    assert_eq!(found, ["b", "a"], "in the order of the ids that were asked for");
    is_invalid(fetch(&[]), "ids", "1 to 1000");
    is_invalid(fetch(&["a"; 1_001]), "ids", "1001");
}

/// All pages of a list.
fn pages(mut next: impl FnMut(Option<&RecordId>) -> (Vec<RecordId>, Option<RecordId>)) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let (items, token) = next(after.as_ref());
        pages.push(items.iter().map(RecordId::to_string).collect());
        after = token;
        if after.is_none() {
            return pages;
        }
    }
}

pub fn fetches_by_filter(engine: &dyn VectorEngine) {
    fill(engine, &["e", "d", "c", "b", "a", "f"]);
    let (i, space, even) = (index("i"), space(""), filter(json!({"even": true})));
    let found = pages(|after| {
        let page = engine.fetch_matching(&i, &space, &even, after, 2).expect("fetched");
        (page.items.iter().map(|record| record.id.clone()).collect(), page.next)
    });
    assert_eq!(found, [vec!["a", "c"], vec!["e"]]);
    is_invalid(engine.fetch_matching(&i, &space, &even, None, 0), "limit", "1 to 10000");
    is_invalid(
        engine.fetch_matching(&i, &space, &filter(json!({})), None, 1),
        "filter",
        "at least one condition",
    );
}

pub fn lists_ids(engine: &dyn VectorEngine) {
    fill(engine, &["a/2", "B", "a/10", "a", "b/1", "a/1", "a0"]);
    let (i, space) = (index("i"), space(""));
    let list = |prefix: &str, limit| {
        pages(|after| {
            let page = engine.list_ids(&i, &space, prefix, after, limit).expect("listed");
            (page.items, page.next)
        })
    };
    assert_eq!(list("", 100), [vec!["B", "a", "a/1", "a/10", "a/2", "a0", "b/1"]], "in byte order");
    assert_eq!(list("a/", 2), [vec!["a/1", "a/10"], vec!["a/2"]]);
    assert_eq!(list("none", 2), [Vec::<&str>::new()]);
    // A record that is written or deleted between two pages moves no other.
    let first = engine.list_ids(&i, &space, "a/", None, 1).expect("listed");
    engine.delete(&i, &space, first.items).expect("deleted");
    engine.upsert(&i, &space, vec![record("a/11", &[1.0], json!({}))]).expect("written");
    let second = engine.list_ids(&i, &space, "a/", first.next.as_ref(), 2).expect("listed");
    assert_eq!(second.items, [id("a/10"), id("a/11")]);
    is_invalid(engine.list_ids(&i, &space, &"x".repeat(513), None, 1), "prefix", "513");
}

pub fn counts(engine: &dyn VectorEngine) {
    fill(engine, &["a", "b", "c"]);
    let count =
        |filter: Option<Filter>| engine.count(&index("i"), &space(""), filter.as_ref()).expect("counted");
    assert_eq!(count(None), 3);
    assert_eq!(count(Some(filter(json!({"even": true})))), 2);
    assert_eq!(count(Some(filter(json!({})))), 3);
    assert_eq!(count(Some(filter(json!({"missing": {"$ne": 1}})))), 3);
}

pub fn browses(engine: &dyn VectorEngine) {
    fill(engine, &["a/1", "a/2", "a/3", "a/4", "a/5", "b"]);
    let (i, space, even) = (index("i"), space(""), filter(json!({"even": true})));
    let browse = |prefix: &str, filter: Option<&Filter>| {
        pages(|after| {
            let page = engine.browse(&i, &space, prefix, filter, after, 2).expect("browsed");
            (page.items.iter().map(|record| record.id.clone()).collect(), page.next)
        })
    };
    assert_eq!(browse("a/", None), [vec!["a/1", "a/2"], vec!["a/3", "a/4"], vec!["a/5"]]);
    assert_eq!(browse("a/", Some(&even)), [vec!["a/1", "a/3"], vec!["a/5"]]);
    assert_eq!(browse("b", Some(&even)), [Vec::<&str>::new()]);
    assert_eq!(browse("", None).concat().len(), 6);
    is_invalid(engine.browse(&i, &space, "", None, None, 0), "limit", "1 to 10000");
    is_invalid(engine.browse(&i, &space, &"x".repeat(513), None, None, 1), "prefix", "513");
}
