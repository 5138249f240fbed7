//! Names of indexes, which are parts of host names.

use crate::{
    limits::INDEX_NAME_MAX_CHARS,
    problem::{Allowed, Field, Problem, Rule, Unit},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// 1 to 45 small letters, digits and hyphens; the first and the last are no hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndexName(String);

impl IndexName {
    pub fn parse(text: &str) -> Result<Self, Problem> {
        check_label(text, Field::IndexName)?;
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IndexName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What indexes, backups and collections may be called.
pub fn check_label(text: &str, field: Field) -> Result<(), Problem> {
    let found = text.chars().count();
    if !(1..=INDEX_NAME_MAX_CHARS).contains(&found) {
        let rule = Rule::Length { unit: Unit::Characters, min: 1, max: INDEX_NAME_MAX_CHARS, found };
        return Err(Problem::invalid(field, rule));
    }
    let is_inner = |position| position != 0 && position != found - 1;
    let strange = text.chars().enumerate().find(|(position, c)| {
        !(c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-' && is_inner(*position))
    });
    match strange {
        None => Ok(()),
        Some((position, found)) => {
            Err(Problem::invalid(field, Rule::Characters { allowed: Allowed::Label, found, position }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels_of_hosts() {
        for good in ["a", "a-b", "0", "a--b", &"a".repeat(45)] {
            assert!(IndexName::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "A", "a_b", "a.b", "ä", &"a".repeat(46)] {
            assert!(IndexName::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_error_names_field_limit_and_value() {
        let text = |name: &str| IndexName::parse(name).expect_err("refused").to_string();
        assert_eq!(text(&"a".repeat(60)), "Index name must have 1 to 45 characters, but has 60.");
        assert_eq!(
            text("a_b"),
            "Index name may hold only a-z, 0-9 and, between them, -, but has '_' at position 1."
        );
    }
}
