//! Reads what the server answered. Any answer is read as a JSON value first, by one piece of code; only making its
//! type of that is left to each type, with an error that says nothing: nobody reads which field of an answer was
//! wrong, but telling it would be a good part of the front end.

use serde::{
    de::{self, DeserializeOwned, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};
use serde_json::Value;
use std::{fmt, vec};

pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Unreadable> {
    let value = serde_json::from_slice(text).map_err(|_| Unreadable)?;
    T::deserialize(Answer(value))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer is none that was expected")
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Answer(Value);

type Read<T> = Result<T, Unreadable>;

impl<'de> de::Deserializer<'de> for Answer {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(_) => self.number(visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter())),
            Value::Object(fields) => visitor.visit_map(Fields { fields: fields.into_iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        let (name, content) = match self.0 {
            Value::String(name) => (name, None),
            Value::Object(fields) if fields.len() == 1 => {
                let (name, content) = fields.into_iter().next().ok_or(Unreadable)?;
                (name, Some(content))
            }
            _ => return Err(Unreadable),
        };
        visitor.visit_enum(Variant { name, content })
    }

    /// Never from a list, as serde could: that would be code for each type.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let Value::Object(fields) = self.0 else { return Err(Unreadable) };
        visitor.visit_map(Fields { fields: fields.into_iter(), value: None })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let Value::Array(items) = self.0 else { return Err(Unreadable) };
        visitor.visit_seq(Items(items.into_iter()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let Value::String(text) = self.0 else { return Err(Unreadable) };
        visitor.visit_string(text)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_string(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
    }
}

impl Answer {
    fn number<'de, V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if let Some(value) = self.0.as_u64() {
            visitor.visit_u64(value)
        } else if let Some(value) = self.0.as_i64() {
            visitor.visit_i64(value)
        } else {
            visitor.visit_f64(self.0.as_f64().ok_or(Unreadable)?)
        }
    }
}

struct Items(vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        self.0.next().map(|value| seed.deserialize(Answer(value))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Fields {
    fields: serde_json::map::IntoIter,
    value: Option<Value>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        let Some((name, value)) = self.fields.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Answer(Value::String(name))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        seed.deserialize(Answer(self.value.take().ok_or(Unreadable)?))
    }
}

struct Variant {
    name: String,
    content: Option<Value>,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unreadable;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Content)> {
        Ok((seed.deserialize(Answer(Value::String(self.name)))?, Content(self.content)))
    }
}

struct Content(Option<Value>);

impl Content {
    fn answer(self) -> Read<Answer> {
        self.0.map(Answer).ok_or(Unreadable)
    }
}

impl<'de> VariantAccess<'de> for Content {
    type Error = Unreadable;

    fn unit_variant(self) -> Read<()> {
        if self.0.is_none() { Ok(()) } else { Err(Unreadable) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        seed.deserialize(self.answer()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        de::Deserializer::deserialize_seq(self.answer()?, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        de::Deserializer::deserialize_map(self.answer()?, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Kind {
        Plain,
        Of(u8),
        Pair(String, i64),
        With { word: char, deep: Option<Box<Kind>> },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "type", rename_all = "lowercase")]
    enum Tagged {
        Empty,
        Full { count: u32 },
    }

    #[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
    struct Id(String);

    #[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
    struct All {
        id: Id,
        flags: (bool, u8),
        numbers: Vec<f32>,
        large: u64,
        low: i64,
        kinds: Vec<Kind>,
        tagged: Vec<Tagged>,
        by_name: BTreeMap<String, Option<f64>>,
        any: Value,
        #[serde(default)]
        left_out: Option<Id>,
        nothing: (),
    }

    fn all() -> All {
        let deep = Some(Box::new(Kind::Of(7)));
        let kinds = vec![
            Kind::Plain,
            Kind::Of(1),
            Kind::Pair("a".into(), -2),
            Kind::With { word: 'é', deep },
            Kind::With { word: 'b', deep: None },
        ];
        All {
            id: Id("7".into()),
            flags: (true, 9),
            numbers: vec![0.1, 3.0, -1e-30, f32::MAX],
            large: u64::MAX,
            low: i64::MIN,
            kinds,
            tagged: vec![Tagged::Empty, Tagged::Full { count: 3 }],
            by_name: [("x".into(), Some(0.3)), ("y".into(), None)].into(),
            any: serde_json::json!({ "a": [1, 2.5, null, "b", { "c": false }] }),
            ..All::default()
        }
    }

    #[test]
    fn an_answer_is_read_as_it_was_written() {
        let text = serde_json::to_string(&all()).expect("text");
        assert_eq!(read::<All>(text.as_bytes()), Ok(all()));
        assert_eq!(serde_json::from_str::<All>(&text).expect("the same"), all());
    }

    #[test]
    fn a_field_that_may_be_missing_may_and_one_that_nobody_knows_is_passed_over() {
        let mut value = serde_json::to_value(all()).expect("a value");
        let fields = value.as_object_mut().expect("fields");
        fields.remove("left_out");
        fields.insert("new".into(), serde_json::json!({ "deep": [1] }));
        assert_eq!(read::<All>(value.to_string().as_bytes()), Ok(all()));
        value.as_object_mut().expect("fields").remove("large");
        assert_eq!(read::<All>(value.to_string().as_bytes()), Err(Unreadable));
    }

    #[test]
    fn what_is_something_else_is_unreadable() {
        for text in [
            "",
            "{",
            "[]",
            "7",
            "null",
            "{}x",
            r#""Unknown""#,
            r#"{"Of":1,"Plain":null}"#,
            r#""Of""#,
            r#"{"Of":256}"#,
        ] {
            assert!(read::<Kind>(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read::<u8>(b"-1").is_err());
        assert!(read::<Id>(b"7").is_err());
        assert!(read::<Vec<u8>>(br#"{"0":1}"#).is_err());
        assert!(read::<All>(b"[]").is_err());
    }

    #[test]
    fn every_problem_arrives() {
        for problem in [conifer_domain::Problem::SignedOut, conifer_domain::Problem::Unexpected] {
            let text = serde_json::to_string(&problem).expect("text");
            assert_eq!(read(text.as_bytes()), Ok(problem));
        }
    }
}
