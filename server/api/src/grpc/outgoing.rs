//! Engine words to messages.

use super::wire::{self, Kind, ListValue, Struct};
use crate::requests::token;
use conifer_services::engine::{Match, Metadata, Record, RecordId, SparseValues, Value, Values};

pub fn vector(record: &Record) -> wire::Vector {
    wire::Vector {
        id: record.id.as_str().to_owned(),
        values: dense(record.values.as_ref()),
        metadata: fields(Some(&record.metadata)),
        sparse_values: record.sparse.as_ref().map(sparse),
    }
}

pub fn scored(found: Match) -> wire::ScoredVector {
    wire::ScoredVector {
        id: found.id.as_str().to_owned(),
        score: found.score,
        values: dense(found.values.as_ref()),
        metadata: fields(found.metadata.as_ref()),
        sparse_values: found.sparse.as_ref().map(sparse),
    }
}

fn dense(values: Option<&Values>) -> Vec<f32> {
    values.map(|values| values.to_vec()).unwrap_or_default()
}

fn sparse(sparse: &SparseValues) -> wire::SparseValues {
    wire::SparseValues { indices: sparse.indices().to_vec(), values: sparse.values().to_vec() }
}

fn fields(metadata: Option<&Metadata>) -> Option<Struct> {
    let metadata = metadata.filter(|metadata| !metadata.is_empty())?;
    Some(Struct { fields: metadata.iter().map(|(name, value)| (name.to_owned(), one(value))).collect() })
}

fn one(value: &Value) -> wire::Value {
    let text = |text: &String| wire::Value { kind: Some(Kind::StringValue(text.clone())) };
    let kind = match value {
        Value::Text(text) => Kind::StringValue(text.clone()),
        Value::Number(number) => Kind::NumberValue(*number),
        Value::Boolean(value) => Kind::BoolValue(*value),
        Value::Texts(texts) => Kind::ListValue(ListValue { values: texts.iter().map(text).collect() }),
    };
    wire::Value { kind: Some(kind) }
}

pub fn next(last: Option<&RecordId>) -> Option<wire::Pagination> {
    last.map(|id| wire::Pagination { next: token::write(id.as_str()) })
}

/// Counts that the message has less room for than there may be.
pub fn count(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{super::incoming, *};

    #[test]
    fn a_record_comes_back_as_it_was_sent() {
        let texts = Value::Texts(vec!["a".into(), "b".into()]);
        let fields = [
            ("n", Value::Number(0.5)),
            ("b", Value::Boolean(false)),
            ("l", texts),
            ("t", Value::Text("x".into())),
        ];
        let record = Record {
            id: RecordId::new("a").expect("an id"),
            values: Some(Values::new(vec![0.1, 1.0]).expect("values")),
            sparse: Some(SparseValues::new(&[3], &[0.5]).expect("sparse values")),
            metadata: Metadata::new(fields.map(|(name, value)| (name.to_owned(), value))).expect("metadata"),
        };
        assert_eq!(incoming::record(0, vector(&record)), Ok(record));
    }
}
