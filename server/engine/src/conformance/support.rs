//! Short ways to say things.

use crate::{
    Error, Filter, IndexName, IndexSpec, Metadata, Metric, NamespaceName, Query, Record, RecordId, Result,
    SparseValues, Target, Values, VectorEngine, filter::parse,
};
use serde_json::Value as Json;

pub fn index(name: &str) -> IndexName {
    IndexName::new(name).expect("valid")
}

pub fn space(name: &str) -> NamespaceName {
    NamespaceName::new(name).expect("valid")
}

pub fn id(text: &str) -> RecordId {
    RecordId::new(text).expect("valid")
}

pub fn ids(texts: &[&str]) -> Vec<RecordId> {
    texts.iter().map(|text| id(text)).collect()
}

pub fn dense(dimension: usize, metric: Metric) -> IndexSpec {
    IndexSpec::Dense { dimension, metric }
}

pub fn values(values: &[f32]) -> Values {
    Values::new(values).expect("valid")
}

pub fn sparse(pairs: &[(u32, f32)]) -> SparseValues {
    let (places, values): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
    SparseValues::new(&places, &values).expect("valid")
}

pub fn metadata(json: Json) -> Metadata {
    Metadata::from_json(json.as_object().expect("an object")).expect("valid")
}

pub fn filter(json: Json) -> Filter {
    parse(&json).expect("valid")
}

pub fn record(name: &str, numbers: &[f32], json: Json) -> Record {
    Record { id: id(name), values: Some(values(numbers)), sparse: None, metadata: metadata(json) }
}

pub fn query(numbers: &[f32], top_k: usize) -> Query {
    let target = Target::Vector { values: Some(values(numbers)), sparse: None };
    Query { target, top_k, filter: None, exact: true, include_values: false, include_metadata: false }
}

/// Ids and scores of the matches.
pub fn found(engine: &dyn VectorEngine, query: &Query) -> Vec<(String, f32)> {
    let found = engine.query(&index("i"), &space(""), query).expect("answered").matches;
    found.into_iter().map(|found| (found.id.to_string(), found.score)).collect()
}

pub fn names(expected: &[(&str, f32)]) -> Vec<(String, f32)> {
    expected.iter().map(|(name, score)| ((*name).to_owned(), *score)).collect()
}

/// An index `i` with these records in the namespace of the empty name.
pub fn filled(engine: &dyn VectorEngine, spec: IndexSpec, records: Vec<Record>) {
    engine.create_index(&index("i"), spec).expect("created");
    engine.upsert(&index("i"), &space(""), records).expect("written");
}

pub fn all_ids(engine: &dyn VectorEngine) -> Vec<String> {
    let page = engine.list_ids(&index("i"), &space(""), "", None, 1_000).expect("listed");
    page.items.iter().map(RecordId::to_string).collect()
}

#[track_caller]
pub fn is_missing<T: std::fmt::Debug>(result: Result<T>) {
    assert!(matches!(result, Err(Error::NotFound { .. })), "{result:?}");
}

#[track_caller]
pub fn exists_already<T: std::fmt::Debug>(result: Result<T>) {
    assert!(matches!(result, Err(Error::AlreadyExists { .. })), "{result:?}");
}

/// Refused for this field, with these words in the message.
#[track_caller]
pub fn is_invalid<T: std::fmt::Debug>(result: Result<T>, field: &str, words: &str) {
    match result {
        Err(Error::Invalid(invalid)) => {
            assert_eq!(invalid.field, field);
            assert!(invalid.to_string().contains(words), "{invalid}");
        }
        other => panic!("{other:?}"),
    }
}
