use super::{
    queries::sparse_query,
    support::{dense, id, ids, index, is_invalid, query, record, space, sparse},
};
use crate::{IndexSpec, Metric, Query, Record, Target, VectorEngine};
use serde_json::json;

pub fn of_a_record(engine: &dyn VectorEngine) {
    let specs = [
        ("d", dense(2, Metric::Cosine)),
        ("s", IndexSpec::Sparse),
        ("h", IndexSpec::Hybrid { dimension: 2 }),
    ];
    for (name, spec) in specs {
        engine.create_index(&index(name), spec).expect("created");
    }
    let upsert = |name, record| engine.upsert(&index(name), &space(""), vec![record]);
    let dense = record("a", &[1.0, 0.0], json!({}));
    let with_sparse = |record: Record| Record { sparse: Some(sparse(&[(1, 1.0)])), ..record };
    let without_values = |record: Record| Record { values: None, ..record };
    upsert("d", dense.clone()).expect("written");
    upsert("s", without_values(with_sparse(dense.clone()))).expect("written");
    upsert("h", with_sparse(dense.clone())).expect("written");
    upsert("h", dense.clone()).expect("sparse values may be missing");
    for (name, record, field, words) in [
        (
            "d",
            record("a", &[1.0], json!({})),
            "records[0].values",
            "must have 2 numbers like its index, but has 1",
        ),
        ("d", record("a", &[0.0, 0.0], json!({})), "records[0].values", "not zero"),
        ("d", record("a", &[5e-9, 5e-9], json!({})), "records[0].values", "not zero"),
        ("d", with_sparse(dense.clone()), "records[0].sparse_values", "the index is dense"),
        ("d", without_values(dense.clone()), "records[0].values", "is required"),
        ("s", dense.clone(), "records[0].sparse_values", "is required"),
        ("s", with_sparse(dense.clone()), "records[0].values", "the index is sparse"),
        ("h", without_values(with_sparse(dense.clone())), "records[0].values", "is required"),
    ] {
        is_invalid(upsert(name, record), field, words);
    }
}

pub fn of_requests(engine: &dyn VectorEngine) {
    let (i, space) = (index("i"), space(""));
    engine.create_index(&i, dense(1, Metric::Cosine)).expect("created");
    let records = |count| (0..count).map(|n| record(&format!("r{n}"), &[1.0], json!({}))).collect::<Vec<_>>();
    engine.upsert(&i, &space, records(1_000)).expect("as many as are allowed");
    is_invalid(engine.upsert(&i, &space, records(1_001)), "records", "1 to 1000 records, but is 1001");
    is_invalid(engine.upsert(&i, &space, Vec::new()), "records", "but is 0");
    is_invalid(engine.delete(&i, &space, Vec::new()), "ids", "1 to 1000");
    is_invalid(engine.delete(&i, &space, ids(&["a"; 1_001])), "ids", "but is 1001");
    is_invalid(engine.list_ids(&i, &space, "", None, 10_001), "limit", "10001");
}

pub fn of_queries(engine: &dyn VectorEngine) {
    let (i, space) = (index("i"), space(""));
    engine.create_index(&i, dense(2, Metric::Cosine)).expect("created");
    engine.upsert(&i, &space, vec![record("a", &[1.0, 0.0], json!({}))]).expect("written");
    let ask = |query: Query| engine.query(&i, &space, &query);
    is_invalid(ask(query(&[1.0, 1.0], 0)), "top_k", "1 to 10000");
    is_invalid(ask(query(&[1.0, 1.0], 10_001)), "top_k", "10001");
    assert_eq!(ask(query(&[1.0, 1.0], 10_000)).expect("answered").matches.len(), 1);
    is_invalid(ask(query(&[1.0], 1)), "values", "must have 2");
    is_invalid(ask(sparse_query(&[(1, 1.0)])), "sparse_values", "the index is dense");
    let nothing = Query { target: Target::Vector { values: None, sparse: None }, ..query(&[1.0], 1) };
    is_invalid(ask(nothing), "query", "is required");
    let zeros = ask(query(&[0.0, 0.0], 1)).expect("answered").matches;
    let several = |count| engine.query_all(&i, &space, &vec![query(&[1.0, 1.0], 1); count]);
    is_invalid(several(0), "queries", "1 to 1000");
    is_invalid(several(1_001), "queries", "but is 1001");
    let wrong = engine.query_all(&i, &space, &[query(&[1.0, 1.0], 1), query(&[1.0], 1)]);
    is_invalid(wrong, "queries[1].values", "must have 2");
    assert_eq!(
        (zeros[0].id.clone(), zeros[0].score),
        (id("a"), 0.0),
        "zeros are like nothing, and may be asked for"
    );
}
