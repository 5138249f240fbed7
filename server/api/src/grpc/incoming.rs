//! Engine words from messages, which give up what they hold: nothing is copied that can be moved.

use super::wire::{self, Kind, Struct};
use crate::errors::{ApiError, Result};
use conifer_services::engine::{
    Filter, Invalid, Metadata, Record, RecordId, Rule, SparseValues, Value, Values, filter,
};
use serde_json::{Map, Number, Value as Json};

pub fn refused(invalid: Invalid) -> ApiError {
    ApiError::invalid(invalid.to_string())
}

pub fn record(position: usize, vector: wire::Vector) -> Result<Record> {
    read_record(vector).map_err(|invalid| refused(invalid.within(format_args!("vectors[{position}]"))))
}

fn read_record(vector: wire::Vector) -> Result<Record, Invalid> {
    Ok(Record {
        id: RecordId::new(&vector.id)?,
        values: values("values", vector.values)?,
        sparse: sparse("sparse_values", vector.sparse_values)?,
        metadata: metadata("metadata", vector.metadata)?,
    })
}

pub fn ids(ids: &[String]) -> Result<Vec<RecordId>> {
    let read = |(position, id): (usize, &String)| {
        RecordId::new(id).map_err(|invalid| ApiError::invalid(format!("ids[{position}]: {}", invalid.rule)))
    };
    ids.iter().enumerate().map(read).collect()
}

/// An empty list is as none.
pub fn values(field: &'static str, values: Vec<f32>) -> Result<Option<Values>, Invalid> {
    if values.is_empty() {
        return Ok(None);
    }
    Values::new(values).map(Some).map_err(|invalid| Invalid { field: field.into(), ..invalid })
}

pub fn sparse(field: &str, sparse: Option<wire::SparseValues>) -> Result<Option<SparseValues>, Invalid> {
    let Some(wire::SparseValues { indices, values }) = sparse else { return Ok(None) };
    let read = SparseValues::new(&indices, &values);
    read.map(Some)
        .map_err(|invalid| Invalid { field: invalid.field.replace("sparse_values", field), ..invalid })
}

pub fn metadata(field: &str, fields: Option<Struct>) -> Result<Metadata, Invalid> {
    let Some(Struct { fields }) = fields else { return Ok(Metadata::default()) };
    let read = |(name, value): (String, wire::Value)| match read_value(value) {
        Ok(value) => Ok((name, value)),
        Err(invalid) => Err(Invalid { field: format!("{field}.{name}{}", invalid.field), ..invalid }),
    };
    Metadata::new(fields.into_iter().map(read).collect::<Result<Vec<_>, _>>()?)
        .map_err(|invalid| Invalid { field: invalid.field.replacen("metadata", field, 1), ..invalid })
}

fn read_value(value: wire::Value) -> Result<Value, Invalid> {
    match value.kind {
        Some(Kind::StringValue(text)) => Ok(Value::Text(text)),
        Some(Kind::NumberValue(number)) => Ok(Value::Number(number)),
        Some(Kind::BoolValue(value)) => Ok(Value::Boolean(value)),
        Some(Kind::ListValue(list)) => list.values.into_iter().enumerate().map(text).collect(),
        other => {
            Err(unfit(String::new(), "a string, a number, a boolean or a list of strings", other.as_ref()))
        }
    }
}

fn text((position, value): (usize, wire::Value)) -> Result<String, Invalid> {
    match value.kind {
        Some(Kind::StringValue(text)) => Ok(text),
        other => Err(unfit(format!("[{position}]"), "a string, as lists hold only strings", other.as_ref())),
    }
}

fn unfit(field: String, expected: &'static str, found: Option<&Kind>) -> Invalid {
    let found = match found {
        None | Some(Kind::NullValue(_)) => "null".to_owned(),
        Some(Kind::NumberValue(number)) => format!("the number {number}"),
        Some(Kind::BoolValue(value)) => format!("the boolean {value}"),
        Some(Kind::StringValue(_)) => "a string".to_owned(),
        Some(Kind::ListValue(list)) => format!("a list of {}", list.values.len()),
        Some(Kind::StructValue(_)) => "an object".to_owned(),
    };
    Invalid::new(field, Rule::Type { expected, found })
}

/// Filters are short, and are read from JSON alone. Deeper than the engine reads them no part is looked at.
pub fn filter(fields: Option<Struct>) -> Result<Option<Filter>> {
    let Some(fields) = fields else { return Ok(None) };
    filter::parse(&object(fields)).map(Some).map_err(refused)
}

fn object(fields: Struct) -> Json {
    Json::Object(fields.fields.into_iter().map(|(name, value)| (name, json(value))).collect::<Map<_, _>>())
}

fn json(value: wire::Value) -> Json {
    match value.kind {
        None | Some(Kind::NullValue(_)) => Json::Null,
        Some(Kind::NumberValue(number)) => Number::from_f64(number).map_or(Json::Null, Json::Number),
        Some(Kind::StringValue(text)) => Json::String(text),
        Some(Kind::BoolValue(value)) => Json::Bool(value),
        Some(Kind::StructValue(fields)) => object(fields),
        Some(Kind::ListValue(list)) => list.values.into_iter().map(json).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(kind: Kind) -> wire::Value {
        wire::Value { kind: Some(kind) }
    }

    fn list(values: Vec<wire::Value>) -> wire::Value {
        value(Kind::ListValue(wire::ListValue { values }))
    }

    fn fields(fields: Vec<(&str, wire::Value)>) -> Option<Struct> {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
        Some(Struct { fields: fields.collect() })
    }

    fn vector(id: &str) -> wire::Vector {
        wire::Vector { id: id.into(), values: vec![1.0, 2.0], ..wire::Vector::default() }
    }

    #[test]
    fn a_record_is_read_whole() {
        let text = |text: &str| value(Kind::StringValue(text.into()));
        let sent = wire::Vector {
            sparse_values: Some(wire::SparseValues { indices: vec![7], values: vec![0.5] }),
            metadata: fields(vec![
                ("t", text("x")),
                ("n", value(Kind::NumberValue(3.0))),
                ("b", value(Kind::BoolValue(true))),
                ("l", list(vec![text("p"), text("q")])),
            ]),
            ..vector("a")
        };
        let record = record(0, sent).expect("a record");
        assert_eq!(record.values.as_deref(), Some(&[1.0, 2.0][..]));
        assert_eq!(record.sparse.expect("sparse").indices(), [7]);
        assert_eq!(record.metadata.get("n"), Some(&Value::Number(3.0)));
        assert_eq!(record.metadata.get("l"), Some(&Value::Texts(vec!["p".into(), "q".into()])));
    }

    #[test]
    fn every_refusal_names_its_field() {
        let with = |metadata| wire::Vector { metadata, ..vector("a") };
        let unlike = wire::SparseValues { indices: vec![1, 2], values: vec![1.0] };
        for (sent, message) in [
            (vector(""), "vectors[3].id: must be 1 to 512 bytes, but is 0"),
            (
                wire::Vector { values: vec![f32::NAN], ..vector("a") },
                "vectors[3].values: must hold finite numbers, but has NaN at position 0",
            ),
            (
                wire::Vector { sparse_values: Some(unlike), ..vector("a") },
                "vectors[3].sparse_values.values: must be as long as indices, which has 2, but has 1",
            ),
            (
                with(fields(vec![("k", value(Kind::NullValue(0)))])),
                "vectors[3].metadata.k: must be a string, a number, a boolean or a list of strings, but is null",
            ),
            (
                with(fields(vec![("k", list(vec![value(Kind::NumberValue(1.0))]))])),
                "vectors[3].metadata.k[0]: must be a string, as lists hold only strings, but is the number 1",
            ),
            (
                with(fields(vec![("$k", value(Kind::BoolValue(true)))])),
                "vectors[3].metadata.$k: may hold only names that do not begin with $, which marks operators,, but has '$' at position 0",
            ),
        ] {
            assert_eq!(record(3, sent).expect_err("refused").message, message);
        }
    }

    #[test]
    fn a_filter_is_the_same_as_from_json() {
        let above = fields(vec![("$gt", value(Kind::NumberValue(3.0)))]).map(Kind::StructValue).map(value);
        let sent = fields(vec![("year", above.expect("a value"))]);
        let read = filter(sent).expect("a filter").expect("one");
        assert_eq!(read, filter::parse(&serde_json::json!({"year": {"$gt": 3.0}})).expect("a filter"));
        assert_eq!(filter(None), Ok(None));
    }
}
