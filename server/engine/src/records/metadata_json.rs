//! Metadata as JSON, the form in which programs send and get it.

use super::{Metadata, Value};
use crate::invalid::{Invalid, Rule};
use serde_json::{Map, Number, Value as Json};

/// Whole numbers up to here are exact, and are written without a fraction.
const WHOLE: f64 = 9_007_199_254_740_992.0;

impl Metadata {
    pub fn from_json(object: &Map<String, Json>) -> Result<Self, Invalid> {
        let mut fields = Vec::with_capacity(object.len());
        for (name, json) in object {
            let field = format!("metadata.{name}");
            fields.push((name.clone(), value_from(&field, json)?));
        }
        Self::new(fields)
    }

    pub fn to_json(&self) -> Map<String, Json> {
        self.iter().map(|(name, value)| (name.to_owned(), value_to(value))).collect()
    }
}

fn value_from(field: &str, json: &Json) -> Result<Value, Invalid> {
    match json {
        Json::String(text) => Ok(Value::Text(text.clone())),
        Json::Bool(value) => Ok(Value::Boolean(*value)),
        Json::Number(number) => number.as_f64().map(Value::Number).ok_or_else(|| not_a_value(field, json)),
        Json::Array(items) => items.iter().enumerate().map(|item| text_from(field, item)).collect(),
        Json::Null | Json::Object(_) => Err(not_a_value(field, json)),
    }
}

fn text_from(field: &str, (position, json): (usize, &Json)) -> Result<String, Invalid> {
    match json {
        Json::String(text) => Ok(text.clone()),
        _ => {
            let rule = Rule::Type { expected: "a string, as lists hold only strings", found: describe(json) };
            Err(Invalid::new(format!("{field}[{position}]"), rule))
        }
    }
}

fn not_a_value(field: &str, json: &Json) -> Invalid {
    let expected = "a string, a number, a boolean or a list of strings";
    Invalid::new(field, Rule::Type { expected, found: describe(json) })
}

impl FromIterator<String> for Value {
    fn from_iter<T: IntoIterator<Item = String>>(texts: T) -> Self {
        Self::Texts(texts.into_iter().collect())
    }
}

fn value_to(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::String(text.clone()),
        Value::Boolean(value) => Json::Bool(*value),
        Value::Texts(texts) => texts.iter().cloned().map(Json::String).collect(),
        Value::Number(number) => {
            let whole = number.fract() == 0.0 && number.abs() <= WHOLE;
            let exact = whole.then(|| Number::from(*number as i64));
            exact.or_else(|| Number::from_f64(*number)).map_or(Json::Null, Json::Number)
        }
    }
}

/// A JSON value in the words of an error: what it is, and the value itself where it is short.
pub(crate) fn describe(json: &Json) -> String {
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => format!("the boolean {value}"),
        Json::Number(number) => format!("the number {number}"),
        Json::String(text) if text.len() <= 40 => format!("the string {text:?}"),
        Json::String(text) => format!("a string of {} bytes", text.len()),
        Json::Array(items) => format!("a list of {}", items.len()),
        Json::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::samples;
    use proptest::prelude::*;
    use serde_json::json;

    fn parse(json: Json) -> Result<Metadata, Invalid> {
        Metadata::from_json(json.as_object().expect("an object"))
    }

    #[test]
    fn every_type_is_read_and_written() {
        let object = json!({"s": "x", "n": 3, "f": 0.5, "b": true, "l": ["p", "q"], "e": [], "big": 1e300});
        assert_eq!(Json::Object(parse(object.clone()).expect("valid").to_json()), object);
    }

    #[test]
    fn what_cannot_be_stored_is_named() {
        let refused = |json| parse(json).expect_err("must be refused").to_string();
        assert_eq!(
            refused(json!({"a": null})),
            "metadata.a: must be a string, a number, a boolean or a list of strings, but is null"
        );
        assert!(refused(json!({"a": {"b": 1}})).ends_with("but is an object"));
        assert_eq!(
            refused(json!({"a": ["x", 1]})),
            "metadata.a[1]: must be a string, as lists hold only strings, but is the number 1"
        );
    }

    proptest! {
        #[test]
        fn json_and_back_is_the_same(metadata in samples::metadata()) {
            prop_assert_eq!(&Metadata::from_json(&metadata.to_json()).expect("valid"), &metadata);
        }
    }
}
