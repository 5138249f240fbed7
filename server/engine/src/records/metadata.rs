//! Metadata: typed fields beside a record's values.

use crate::{
    invalid::{Invalid, Rule, check_length},
    limits,
};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Number(f64),
    Boolean(bool),
    Texts(Vec<String>),
}

/// Named fields, at most 40 KB of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata(BTreeMap<String, Value>);

impl Metadata {
    pub fn new(fields: impl IntoIterator<Item = (String, Value)>) -> Result<Self, Invalid> {
        let metadata = Self(fields.into_iter().collect());
        for (name, value) in &metadata.0 {
            check_field(name, value).map_err(|invalid| invalid.within("metadata"))?;
        }
        metadata.check_size()?;
        Ok(metadata)
    }

    pub fn get(&self, field: &str) -> Option<&Value> {
        self.0.get(field)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These fields with those of `newer` in place of what has the same name.
    pub fn merged(&self, newer: &Self) -> Result<Self, Invalid> {
        let mut merged = self.clone();
        merged.0.extend(newer.0.clone());
        merged.check_size()?;
        Ok(merged)
    }

    /// What counts towards the limit: names and texts by their bytes, numbers as 8, booleans as 1, and
    /// 1 more for each item of a list.
    pub fn bytes(&self) -> usize {
        let size = |value: &Value| match value {
            Value::Text(value) => value.len(),
            Value::Number(_) => 8,
            Value::Boolean(_) => 1,
            Value::Texts(values) => values.iter().map(|item| item.len() + 1).sum(),
        };
        self.0.iter().map(|(name, value)| name.len() + size(value)).sum()
    }

    fn check_size(&self) -> Result<(), Invalid> {
        check_length("metadata", "bytes", (0, limits::METADATA_BYTES), self.bytes())
    }
}

fn check_field(name: &str, value: &Value) -> Result<(), Invalid> {
    if name.starts_with('$') {
        let allowed = "names that do not begin with $, which marks operators,";
        return Err(Invalid::new(name, Rule::Characters { allowed, found: '$', position: 0 }));
    }
    match value {
        Value::Number(found) if !found.is_finite() => {
            Err(Invalid::new(name, Rule::Finite { position: 0, found: *found }))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, value: Value) -> Result<Metadata, Invalid> {
        Metadata::new([(name.to_owned(), value)])
    }

    #[test]
    fn names_do_not_look_like_operators() {
        let refused = field("$eq", Value::Boolean(true)).expect_err("must be refused");
        assert_eq!(refused.field, "metadata.$eq");
        assert!(field("a$", Value::Boolean(true)).is_ok());
    }

    #[test]
    fn numbers_are_finite() {
        assert_eq!(field("n", Value::Number(f64::NAN)).expect_err("must be refused").field, "metadata.n");
    }

    #[test]
    fn forty_kilobytes_and_no_more() {
        let text = |bytes| field("t", Value::Text("x".repeat(bytes)));
        assert!(text(limits::METADATA_BYTES - 1).is_ok());
        let refused = text(limits::METADATA_BYTES).expect_err("must be refused");
        assert_eq!(refused.to_string(), "metadata: must be 0 to 40960 bytes, but is 40961");
    }

    #[test]
    fn merging_replaces_fields_and_keeps_the_limit() {
        let old = Metadata::new([
            ("a".to_owned(), Value::Number(1.0)),
            ("b".to_owned(), Value::Text("old".to_owned())),
        ])
        .expect("valid");
        let new = field("b", Value::Texts(vec!["new".to_owned()])).expect("valid");
        let merged = old.merged(&new).expect("small");
        assert_eq!(merged.get("a"), Some(&Value::Number(1.0)));
        assert_eq!(merged.get("b"), Some(&Value::Texts(vec!["new".to_owned()])));
        let large = |name| field(name, Value::Text("x".repeat(30_000))).expect("small enough alone");
        assert!(large("a").merged(&large("b")).is_err());
    }
}
