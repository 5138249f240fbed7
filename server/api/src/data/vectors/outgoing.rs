//! Engine words to JSON, written straight from where they are held.

use conifer_services::engine::{Match, Metadata, Record, SparseValues, Value};
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::sync::Arc;

/// An engine's word that is written as JSON.
pub struct Out<T>(pub T);

/// Whole numbers up to here are exact, and are written without a fraction.
const WHOLE: f64 = 9_007_199_254_740_992.0;

impl Serialize for Out<&SparseValues> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("indices", self.0.indices())?;
        map.serialize_entry("values", self.0.values())?;
        map.end()
    }
}

impl Serialize for Out<&Metadata> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, Out(value))))
    }
}

impl Serialize for Out<&Value> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Text(text) => serializer.serialize_str(text),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Texts(texts) => serializer.collect_seq(texts),
            Value::Number(number) if number.fract() == 0.0 && number.abs() <= WHOLE => {
                serializer.serialize_i64(*number as i64)
            }
            Value::Number(number) => serializer.serialize_f64(*number),
        }
    }
}

impl Serialize for Out<Arc<Record>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Record { id, values, sparse, metadata } = &*self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", id.as_str())?;
        map.serialize_entry("values", values.as_deref().unwrap_or_default())?;
        if let Some(sparse) = sparse {
            map.serialize_entry("sparseValues", &Out(sparse))?;
        }
        if !metadata.is_empty() {
            map.serialize_entry("metadata", &Out(metadata))?;
        }
        map.end()
    }
}

/// About how long a match is as JSON.
pub fn written_bytes(found: &Match) -> usize {
    const PER_NUMBER: usize = 11;
    const REST: usize = 100;
    let values = found.values.as_deref().map_or(0, <[f32]>::len);
    let sparse = found.sparse.as_ref().map_or(0, |sparse| 2 * sparse.indices().len());
    REST + PER_NUMBER * (values + sparse) + found.metadata.as_ref().map_or(0, Metadata::bytes)
}

impl Serialize for Out<Match> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Match { id, score, values, sparse, metadata } = &self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", id.as_str())?;
        // JSON has no infinite numbers, and clients want one.
        map.serialize_entry("score", &score.clamp(f32::MIN, f32::MAX))?;
        map.serialize_entry("values", values.as_deref().unwrap_or_default())?;
        if let Some(sparse) = sparse {
            map.serialize_entry("sparseValues", &Out(sparse))?;
        }
        if let Some(metadata) = metadata.as_ref().filter(|metadata| !metadata.is_empty()) {
            map.serialize_entry("metadata", &Out(metadata))?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_services::engine::{RecordId, Values};
    use serde_json::json;

    fn metadata() -> Metadata {
        let fields = [
            ("whole", Value::Number(3.0)),
            ("part", Value::Number(0.5)),
            ("text", Value::Text("x".into())),
            ("yes", Value::Boolean(true)),
            ("list", Value::Texts(vec!["a".into()])),
        ];
        Metadata::new(fields.map(|(name, value)| (name.to_owned(), value))).expect("metadata")
    }

    #[test]
    fn a_record_is_written_as_it_was_sent() {
        let record = Record {
            id: RecordId::new("a").expect("an id"),
            values: Some(Values::new(vec![0.1, 1.0]).expect("values")),
            sparse: Some(SparseValues::new(&[3], &[0.5]).expect("sparse values")),
            metadata: metadata(),
        };
        let written = serde_json::to_string(&Out(Arc::new(record))).expect("JSON");
        assert!(written.contains(r#""values":[0.1,1.0]"#), "{written}");
        let read: serde_json::Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(read["sparseValues"], json!({"indices": [3], "values": [0.5]}));
        let fields = json!({"whole": 3, "part": 0.5, "text": "x", "yes": true, "list": ["a"]});
        assert_eq!(read["metadata"], fields);
        assert_eq!(read["metadata"], serde_json::Value::Object(metadata().to_json()));
    }

    #[test]
    fn a_match_always_has_a_score() {
        let id = RecordId::new("a").expect("an id");
        let found = Match { id, score: f32::INFINITY, values: None, sparse: None, metadata: None };
        let written = serde_json::to_value(Out(found)).expect("JSON");
        assert_eq!(written["values"], json!([]));
        assert!(written["score"].is_number() && written.get("metadata").is_none());
    }
}
