//! Words that people put on indexes.

use crate::{
    limits::{TAG_KEY_MAX_CHARS, TAG_VALUE_MAX_CHARS, TAGS_MAX},
    problem::{Allowed, Field, Problem, Rule, Unit},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// At most 20, of which an empty value means "take this one away".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tags(BTreeMap<String, String>);

impl Tags {
    pub fn new(tags: impl IntoIterator<Item = (String, String)>) -> Result<Self, Problem> {
        let tags: BTreeMap<String, String> = tags.into_iter().collect();
        for (key, value) in &tags {
            check(key, Field::TagKey, (1, TAG_KEY_MAX_CHARS), Allowed::TagKey, |c| {
                c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
            })?;
            check(value, Field::TagValue, (0, TAG_VALUE_MAX_CHARS), Allowed::PrintableAscii, |c| {
                matches!(c, ' '..='~')
            })?;
        }
        Self(tags).checked()
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These with those of `newer` in their place; what is empty there is gone.
    pub fn changed_by(&self, newer: &Self) -> Result<Self, Problem> {
        let mut tags = self.0.clone();
        tags.extend(newer.0.clone());
        Self(tags).kept().checked()
    }

    /// Without those that are to be taken away.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.0.retain(|_, value| !value.is_empty());
        self
    }

    fn checked(self) -> Result<Self, Problem> {
        match self.0.len() {
            0..=TAGS_MAX => Ok(self),
            found => {
                let rule = Rule::Length { unit: Unit::Tags, min: 0, max: TAGS_MAX, found };
                Err(Problem::invalid(Field::Tags, rule))
            }
        }
    }
}

fn check(
    text: &str,
    field: Field,
    (min, max): (usize, usize),
    allowed: Allowed,
    is_allowed: impl Fn(char) -> bool,
) -> Result<(), Problem> {
    let found = text.chars().count();
    if !(min..=max).contains(&found) {
        let rule = Rule::Length { unit: Unit::Characters, min, max, found };
        return Err(Problem::invalid(field, rule));
    }
    match text.chars().enumerate().find(|(_, c)| !is_allowed(*c)) {
        None => Ok(()),
        Some((position, found)) => {
            Err(Problem::invalid(field, Rule::Characters { allowed, found, position }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Result<Tags, Problem> {
        Tags::new(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn keys_and_values_have_limits() {
        assert!(tags(&[("team-1_A", "search & find")]).is_ok());
        for (key, value) in [("", "a"), ("a b", "a"), ("ä", "a"), ("a", "ü"), ("a", "a\n")] {
            assert!(tags(&[(key, value)]).is_err(), "{key:?} {value:?}");
        }
        assert!(tags(&[(&"k".repeat(80), &"v".repeat(120))]).is_ok());
        assert!(tags(&[(&"k".repeat(81), "v")]).is_err());
        assert!(tags(&[("k", &"v".repeat(121))]).is_err());
    }

    #[test]
    fn twenty_and_no_more() {
        let many = |count| Tags::new((0..count).map(|n| (n.to_string(), "v".to_owned())));
        assert!(many(20).is_ok());
        assert_eq!(many(21).expect_err("refused").to_string(), "Tags must have 0 to 20 tags, but has 21.");
        let more = many(20).expect("tags").changed_by(&tags(&[("x", "v")]).expect("a tag"));
        assert!(more.is_err());
    }

    #[test]
    fn an_empty_value_takes_a_tag_away() {
        let before = tags(&[("a", "1"), ("b", "2")]).expect("tags");
        let after = before.changed_by(&tags(&[("a", ""), ("c", "3")]).expect("tags"));
        assert_eq!(after, tags(&[("b", "2"), ("c", "3")]));
    }
}
