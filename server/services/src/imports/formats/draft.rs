//! What is known of a record while its row is read.

use conifer_domain::{
    records::{Metadata as Fields, Sparse},
    uploads::{Mapping, Part},
};
use conifer_engine::{IndexSpec, Invalid, Metadata, Record, RecordId, Rule, SparseValues, Values};
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor},
};
use serde_json::Value;
use std::fmt;

#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) id: Option<String>,
    pub(super) values: Option<Vec<f32>>,
    pub(super) sparse: Option<Sparse>,
    pub(super) metadata: Fields,
}

impl Draft {
    /// The record, as an index of this kind holds it. Empty lists are none.
    pub(super) fn record(self, spec: IndexSpec) -> Result<Record, Invalid> {
        let id = self.id.ok_or_else(|| Invalid::new("id", Rule::Required { why: "each record has one" }))?;
        let values = self.values.filter(|values| !values.is_empty());
        let sparse = self.sparse.filter(|sparse| !(sparse.indices.is_empty() && sparse.values.is_empty()));
        let record = Record {
            id: RecordId::new(&id)?,
            values: values.map(Values::new).transpose()?,
            sparse: sparse.map(|sparse| SparseValues::new(&sparse.indices, &sparse.values)).transpose()?,
            metadata: Metadata::from_json(&self.metadata)?,
        };
        spec.check_record(&record)?;
        Ok(record)
    }

    /// A field without a value is no field.
    pub(super) fn field(&mut self, name: String, value: Value) {
        if !value.is_null() {
            self.metadata.insert(name, value);
        }
    }
}

/// Reads an object of JSON as a row.
pub(super) struct Object<'m>(pub(super) &'m Mapping);

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = Draft;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Draft, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = Draft;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Draft, A::Error> {
        let mut draft = Draft::default();
        while let Some(name) = map.next_key::<String>()? {
            let part = self.0.part(&name);
            read(&mut draft, part, &name, &mut map)
                .map_err(|error| A::Error::custom(format!("{name}: {error}")))?;
        }
        Ok(draft)
    }
}

fn read<'de, A: MapAccess<'de>>(
    draft: &mut Draft,
    part: Part,
    name: &str,
    map: &mut A,
) -> Result<(), A::Error> {
    match part {
        Part::Id => draft.id = map.next_value::<Option<Id>>()?.map(|Id(id)| id),
        Part::Values => draft.values = map.next_value()?,
        Part::Sparse => draft.sparse = map.next_value()?,
        Part::Metadata => {
            let fields = map.next_value::<Option<Fields>>()?;
            fields.into_iter().flatten().for_each(|(name, value)| draft.field(name, value));
        }
        Part::Field => {
            let value = map.next_value()?;
            draft.field(name.to_owned(), value);
        }
        Part::Ignored => drop(map.next_value::<IgnoredAny>()?),
    }
    Ok(())
}

/// Text, or a whole number that is written as one.
struct Id(String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Id;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text or a whole number")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Id, E> {
                Ok(Id(text.to_owned()))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Id, E> {
                Ok(Id(number.to_string()))
            }
        }
        from.deserialize_any(Either)
    }
}
