use super::support::{
    dense, filled, filter, found, id, index, is_missing, names, query, record, space, values,
};
use crate::{IndexSpec, Metric, Query, Record, Target, VectorEngine};
use serde_json::json;

fn three(engine: &dyn VectorEngine, metric: Metric) {
    let records = vec![
        record("a", &[3.0, 4.0], json!({"n": 1})),
        record("b", &[0.0, 2.0], json!({"n": 2})),
        record("c", &[-6.0, -8.0], json!({"n": 3})),
    ];
    filled(engine, dense(2, metric), records);
}

pub fn scores_of_each_metric(engine: &dyn VectorEngine) {
    for (metric, expected) in [
        (Metric::DotProduct, [("a", 25.0), ("b", 8.0), ("c", -50.0)]),
        (Metric::Cosine, [("a", 1.0), ("b", 0.8), ("c", -1.0)]),
        (Metric::Euclidean, [("a", 0.0), ("b", 13.0), ("c", 225.0)]),
    ] {
        three(engine, metric);
        let found = found(engine, &query(&[3.0, 4.0], 10));
        for ((name, score), (expected_name, expected_score)) in found.iter().zip(expected) {
            assert_eq!(name, expected_name);
            assert!((score - expected_score).abs() < 1e-6, "{metric:?}: {score} for {expected_score}");
        }
        assert_eq!(found.len(), 3);
        engine.drop_index(&index("i")).expect("dropped");
    }
}

pub fn ties_are_ordered_by_id(engine: &dyn VectorEngine) {
    let records = ["c", "a", "d", "b"].map(|name| record(name, &[1.0], json!({})));
    filled(engine, dense(1, Metric::Euclidean), records.to_vec());
    assert_eq!(found(engine, &query(&[2.0], 3)), names(&[("a", 1.0), ("b", 1.0), ("c", 1.0)]));
}

pub fn by_id(engine: &dyn VectorEngine) {
    three(engine, Metric::DotProduct);
    let by = |name| Query { target: Target::Id(id(name)), ..query(&[1.0], 2) };
    assert_eq!(found(engine, &by("b")), names(&[("a", 8.0), ("b", 4.0)]));
    is_missing(engine.query(&index("i"), &space(""), &by("none")));
    is_missing(engine.query(&index("i"), &space("none"), &by("a")));
}

pub fn with_filters(engine: &dyn VectorEngine) {
    three(engine, Metric::DotProduct);
    let asked = |json| found(engine, &Query { filter: Some(filter(json)), ..query(&[1.0, 0.0], 10) });
    assert_eq!(asked(json!({"n": {"$gt": 1}})), names(&[("b", 0.0), ("c", -6.0)]));
    assert_eq!(asked(json!({"$or": [{"n": 1}, {"n": 3}]})), names(&[("a", 3.0), ("c", -6.0)]));
    assert_eq!(asked(json!({"n": "1"})), names(&[]));
    assert_eq!(asked(json!({})).len(), 3);
}

fn sparse_record(name: &str, pairs: &[(u32, f32)]) -> Record {
    Record { values: None, sparse: Some(sparse_values(pairs)), ..record(name, &[1.0], json!({})) }
}

pub fn sparse_query(pairs: &[(u32, f32)]) -> Query {
    Query { target: Target::Vector { values: None, sparse: Some(sparse_values(pairs)) }, ..query(&[1.0], 10) }
}

pub fn sparse(engine: &dyn VectorEngine) {
    let records = vec![
        sparse_record("a", &[(1, 2.0), (7, 1.0)]),
        sparse_record("b", &[(7, -3.0)]),
        sparse_record("c", &[(4_294_967_295, 1.0)]),
    ];
    filled(engine, IndexSpec::Sparse, records);
    assert_eq!(found(engine, &sparse_query(&[(7, 2.0), (1, 1.0)])), names(&[("a", 4.0), ("b", -6.0)]));
    assert_eq!(found(engine, &sparse_query(&[(5, 1.0)])), names(&[]), "only those that share a place");
    assert_eq!(found(engine, &sparse_query(&[(u32::MAX, 0.5)])), names(&[("c", 0.5)]));
}

pub fn hybrid(engine: &dyn VectorEngine) {
    let both = Record { sparse: Some(sparse_values(&[(3, 10.0)])), ..record("both", &[1.0], json!({})) };
    filled(engine, IndexSpec::Hybrid { dimension: 1 }, vec![both, record("dense", &[2.0], json!({}))]);
    let target = Target::Vector { values: Some(values(&[3.0])), sparse: Some(sparse_values(&[(3, 1.0)])) };
    let asked = Query { target, ..query(&[1.0], 10) };
    assert_eq!(found(engine, &asked), names(&[("both", 13.0), ("dense", 6.0)]));
    assert_eq!(found(engine, &query(&[3.0], 10)), names(&[("dense", 6.0), ("both", 3.0)]));
    assert_eq!(found(engine, &sparse_query(&[(3, 1.0)])), names(&[("both", 10.0)]));
    assert_eq!(
        found(engine, &Query { target: Target::Id(id("both")), ..query(&[1.0], 1) }),
        names(&[("both", 101.0)])
    );
}

fn sparse_values(pairs: &[(u32, f32)]) -> crate::SparseValues {
    super::support::sparse(pairs)
}

pub fn what_a_match_carries(engine: &dyn VectorEngine) {
    let record =
        Record { sparse: Some(sparse_values(&[(3, 10.0)])), ..record("a", &[1.0], json!({"k": "v"})) };
    filled(engine, IndexSpec::Hybrid { dimension: 1 }, vec![record.clone()]);
    for (include_values, include_metadata) in [(false, false), (true, false), (false, true), (true, true)] {
        let asked = Query { include_values, include_metadata, ..query(&[1.0], 1) };
        let found = engine.query(&index("i"), &space(""), &asked).expect("answered").matches.remove(0);
        assert_eq!(found.values, record.values.clone().filter(|_| include_values));
        assert_eq!(found.sparse, record.sparse.clone().filter(|_| include_values));
        assert_eq!(found.metadata, include_metadata.then(|| record.metadata.clone()));
    }
}

pub fn several(engine: &dyn VectorEngine) {
    for metric in [Metric::Cosine, Metric::DotProduct, Metric::Euclidean] {
        let number = |at: u32, step: u32| (at * step % 23) as f32 - 11.0;
        let named = |at: u32| {
            record(
                &format!("r{at}"),
                &[number(at, 3), number(at, 7), 0.5],
                json!({"even": at.is_multiple_of(2)}),
            )
        };
        filled(engine, dense(3, metric), (0..60).map(named).collect());
        let asked = |at: u32| Query {
            filter: at.is_multiple_of(3).then(|| filter(json!({"even": true}))),
            ..query(&[number(at, 5), number(at, 2), 0.0], 1 + at as usize)
        };
        let all: Vec<Query> = (0..12).map(asked).collect();
        let together = engine.query_all(&index("i"), &space(""), &all).expect("answered");
        assert_eq!(together.len(), all.len());
        for (query, answer) in all.iter().zip(together) {
            let alone = engine.query(&index("i"), &space(""), query).expect("answered");
            assert_eq!(answer.matches, alone.matches, "{metric:?}");
            assert_eq!(answer.explanation.exact, alone.explanation.exact);
        }
        engine.drop_index(&index("i")).expect("dropped");
    }
}
