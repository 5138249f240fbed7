//! The metadata there is to filter by.

use crate::records::Metadata;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{cmp::Reverse, collections::BTreeMap};

const KEYS_MAX: usize = 50;
const VALUES_MAX: usize = 20;
const VALUE_LENGTH_MAX_CHARS: usize = 80;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetadataKey {
    pub name: String,
    /// Whether it holds texts alone.
    pub is_text: bool,
    /// The most frequent first, as one types them.
    pub values: Vec<String>,
}

impl MetadataKey {
    /// The most frequent keys first.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Metadata>) -> Vec<Self> {
        let mut keys = BTreeMap::<&str, Seen<'_>>::new();
        for (name, value) in records.into_iter().flatten() {
            keys.entry(name).or_default().add(value);
        }
        let mut keys: Vec<_> = keys.into_iter().collect();
        keys.sort_by_key(|(_, seen)| Reverse(seen.times));
        keys.truncate(KEYS_MAX);
        keys.into_iter().map(|(name, seen)| seen.told(name)).collect()
    }
}

#[derive(Default)]
struct Seen<'a> {
    times: usize,
    has_others: bool,
    values: BTreeMap<Short<'a>, usize>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Short<'a> {
    Text(&'a str),
    Other(String),
}

impl<'a> Seen<'a> {
    fn add(&mut self, value: &'a Value) {
        self.times += 1;
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.count(item)),
            value => self.count(value),
        }
    }

    fn count(&mut self, value: &'a Value) {
        let short = match value {
            Value::String(text) if text.chars().count() <= VALUE_LENGTH_MAX_CHARS => Short::Text(text),
            Value::String(_) => return,
            other => {
                self.has_others = true;
                Short::Other(other.to_string())
            }
        };
        *self.values.entry(short).or_default() += 1;
    }

    fn told(self, name: &str) -> MetadataKey {
        let mut values: Vec<_> = self.values.into_iter().collect();
        values.sort_by_key(|(_, times)| Reverse(*times));
        let text = |(value, _): (Short<'_>, usize)| match value {
            Short::Text(text) => text.to_owned(),
            Short::Other(text) => text,
        };
        let values = values.into_iter().take(VALUES_MAX).map(text).collect();
        MetadataKey { name: name.to_owned(), is_text: !self.has_others, values }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_frequent_comes_first() {
        let records = [
            json!({"genre": ["war", "drama"], "year": 1950, "once": "x".repeat(81)}),
            json!({"genre": ["drama"], "year": 1951}),
        ];
        let records: Vec<_> = records.iter().filter_map(Value::as_object).collect();
        let keys = MetadataKey::of(records);
        let key = |name: &str, is_text, values: &[&str]| MetadataKey {
            name: name.into(),
            is_text,
            values: values.iter().map(|value| (*value).into()).collect(),
        };
        assert_eq!(
            keys,
            [
                key("genre", true, &["drama", "war"]),
                key("year", false, &["1950", "1951"]),
                key("once", true, &[])
            ]
        );
    }

    #[test]
    fn there_are_not_too_many() {
        let many: Metadata = (0..90).map(|n| (format!("k{n}"), json!(n))).collect();
        let values: Vec<Metadata> =
            (0..90).map(|n| Metadata::from_iter([("k0".to_owned(), json!(n))])).collect();
        assert_eq!(MetadataKey::of([&many]).len(), KEYS_MAX);
        assert_eq!(MetadataKey::of(&values)[0].values.len(), VALUES_MAX);
    }
}
