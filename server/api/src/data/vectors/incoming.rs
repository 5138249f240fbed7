//! Engine words from JSON, read in place: each keeps its limits as soon as it is there.

use conifer_services::engine::{
    Filter, Invalid, Metadata, Record, RecordId, SparseValues, Value, Values, filter,
};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};
use std::{borrow::Cow, fmt};
use utoipa::ToSchema;

/// An engine's word that JSON is read into.
#[derive(Clone, Debug)]
pub struct In<T>(pub T);

fn refused<E: de::Error>(invalid: Invalid) -> E {
    E::custom(invalid)
}

impl<'de> Deserialize<'de> for In<RecordId> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        RecordId::new(&text).map(Self).map_err(|invalid| de::Error::custom(invalid.rule))
    }
}

/// An empty list is as none: clients send it with sparse values.
pub fn dense<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Values>, D::Error> {
    match Option::<Vec<f32>>::deserialize(deserializer)? {
        Some(values) if !values.is_empty() => Values::new(values).map(Some).map_err(refused),
        _ => Ok(None),
    }
}

/// Numbers and where they stand.
#[derive(Deserialize, ToSchema)]
pub struct SparseVector {
    #[schema(min_items = 1, max_items = 2048)]
    indices: Vec<u32>,
    #[schema(min_items = 1, max_items = 2048)]
    values: Vec<f32>,
}

pub fn sparse<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SparseValues>, D::Error> {
    let Some(SparseVector { indices, values }) = Option::deserialize(deserializer)? else { return Ok(None) };
    let sparse = SparseValues::new(&indices, &values).map_err(|mut invalid| {
        // The field is called so in one request and otherwise in the next.
        invalid.field = invalid.field.replace("sparse_values", "");
        refused(invalid)
    });
    sparse.map(Some)
}

/// Nothing asked for is no filter.
pub fn optional_filter<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Filter>, D::Error> {
    Ok(any_filter(deserializer)?.filter(|filter| !filter.is_everything()))
}

/// Operations that may not be about everything look at the empty filter themselves.
pub fn any_filter<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Filter>, D::Error> {
    let Some(json) = Option::<serde_json::Value>::deserialize(deserializer)? else { return Ok(None) };
    filter::parse(&json).map(Some).map_err(refused)
}

impl<'de> Deserialize<'de> for In<Metadata> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = In<Metadata>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of named values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(map.size_hint().unwrap_or(8));
        while let Some((name, In(value))) = map.next_entry::<String, In<Value>>()? {
            fields.push((name, value));
        }
        Metadata::new(fields).map(In).map_err(refused)
    }
}

impl<'de> Deserialize<'de> for In<Value> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneValue).map(Self)
    }
}

struct OneValue;

impl<'de> Visitor<'de> for OneValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a number, a boolean or a list of strings")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut texts = Vec::with_capacity(seq.size_hint().unwrap_or(4));
        while let Some(text) = seq.next_element::<String>()? {
            texts.push(text);
        }
        Ok(Value::Texts(texts))
    }
}

/// A record as programs send it.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Vector)]
pub struct Vector {
    #[schema(value_type = String, min_length = 1, max_length = 512, pattern = "^[\\x01-\\x7F]+$")]
    id: In<RecordId>,
    #[serde(default, deserialize_with = "dense")]
    #[schema(value_type = Option<Vec<f32>>, max_items = 20000)]
    values: Option<Values>,
    #[serde(default, deserialize_with = "sparse")]
    #[schema(value_type = Option<SparseVector>)]
    sparse_values: Option<SparseValues>,
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    metadata: Option<In<Metadata>>,
}

impl From<Vector> for Record {
    fn from(Vector { id, values, sparse_values, metadata }: Vector) -> Self {
        let metadata = metadata.map(|In(metadata)| metadata).unwrap_or_default();
        Self { id: id.0, values, sparse: sparse_values, metadata }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requests::parse;

    #[derive(Deserialize)]
    struct Many {
        vectors: Vec<Vector>,
    }

    fn read(vector: &str) -> Result<Record, String> {
        let many = parse::<Many>(format!("{{\"vectors\":[{vector}]}}").as_bytes());
        many.map(|mut many| many.vectors.remove(0).into()).map_err(|error| error.message.into_owned())
    }

    #[test]
    fn a_record_is_read_whole() {
        let record = read(r#"{"id":"é","values":[]}"#);
        assert!(record.is_err(), "ids are ASCII");
        let record = read(
            r#"{"id":"a","values":[1,-2.5],"sparseValues":{"indices":[7,4294967295],"values":[0.5,1]},
                "metadata":{"t":"x","n":3,"b":true,"l":["p","q"]},"new":{"field":[1]}}"#,
        )
        .expect("a record");
        assert_eq!(record.values.as_deref(), Some(&[1.0, -2.5][..]));
        assert_eq!(record.sparse.expect("sparse").indices(), [7, u32::MAX]);
        assert_eq!(record.metadata.get("l"), Some(&Value::Texts(vec!["p".into(), "q".into()])));
        let sparse =
            read(r#"{"id":"a","values":[],"sparseValues":{"indices":[1],"values":[1]},"metadata":null}"#);
        assert_eq!(sparse.expect("a sparse record").values, None);
    }

    #[test]
    fn every_refusal_names_field_limit_and_value() {
        let long = format!(r#"{{"id":"{}"}}"#, "x".repeat(513));
        let wide = format!(r#"{{"id":"a","values":[{}1]}}"#, "1,".repeat(20_000));
        let heavy = format!(r#"{{"id":"a","metadata":{{"k":"{}"}}}}"#, "x".repeat(40 * 1024));
        let unlike = r#"{"id":"a","sparseValues":{"indices":[1,2],"values":[1]}}"#;
        for (vector, message) in [
            (&*long, "vectors[0].id: must be 1 to 512 bytes, but is 513"),
            (&*wide, "vectors[0].values: must be 1 to 20000 numbers, but is 20001"),
            (&*heavy, "vectors[0].metadata: must be 0 to 40960 bytes, but is 40961"),
            (unlike, "vectors[0].sparseValues.values: must be as long as indices, which has 2, but has 1"),
            (
                r#"{"id":"a","values":[1,"x"]}"#,
                "vectors[0].values[1]: invalid type: string \"x\", expected f32",
            ),
            (
                r#"{"id":"a","values":[1e39]}"#,
                "vectors[0].values: must hold finite numbers, but has inf at position 0",
            ),
            (
                r#"{"id":"a","metadata":{"k":{"nested":1}}}"#,
                "vectors[0].metadata.k: invalid type: map, expected a string, a number, a boolean or a list of strings",
            ),
            (
                r#"{"id":"a","metadata":{"k":null}}"#,
                "vectors[0].metadata.k: invalid type: null, expected a string, a number, a boolean or a list of strings",
            ),
            (
                r#"{"id":"a","metadata":{"k":["x",1]}}"#,
                "vectors[0].metadata.k[1]: invalid type: integer `1`, expected a string",
            ),
            (r#"{"values":[1]}"#, "vectors[0]: missing field `id`"),
        ] {
            assert_eq!(read(vector).expect_err("refused"), message);
        }
    }
}
