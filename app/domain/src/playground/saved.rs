//! Queries under a name, shared by all who may query their index.

use crate::{
    ids::{IndexId, SavedQueryId},
    limits::{EXPECTED_IDS_MAX, QUERY_NAME_LENGTH_MAX_CHARS, RECORD_ID_MAX_BYTES, SAVED_QUERY_MAX_BYTES},
    names::Name,
    problem::{Field, Problem, Rule, Unit},
    records::{By, Search},
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedQuery {
    pub id: SavedQueryId,
    pub index_id: IndexId,
    pub name: String,
    pub search: Search,
    /// The records that it must find, the best first; none when it is no test.
    pub expected: Vec<String>,
    /// None when the account is gone.
    pub saved_by: Option<String>,
    pub saved_at_ms: i64,
}

/// A query to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct NewQuery {
    pub name: Name,
    pub search: Search,
    pub expected: Vec<String>,
}

impl NewQuery {
    /// `expected` has an id a line.
    pub fn parse(name: &str, search: Search, expected: &str) -> Result<Self, Problem> {
        let name = Name::parse_within(name, Field::QueryName, QUERY_NAME_LENGTH_MAX_CHARS)?;
        if !search.is_asked() {
            return Err(Problem::invalid(Field::Query, Rule::Required));
        }
        let (max, found) = (SAVED_QUERY_MAX_BYTES, search.bytes());
        if found > max {
            return Err(Problem::invalid(
                Field::Query,
                Rule::Length { unit: Unit::Bytes, min: 1, max, found },
            ));
        }
        if search.holds_nul() {
            // No database takes text that has one.
            return Err(Problem::invalid(Field::Query, Rule::ControlCharacter));
        }
        let expected = expected_ids(expected)?;
        if search.by == By::Random && !expected.is_empty() {
            return Err(Problem::invalid(Field::ExpectedIds, Rule::RandomQuery));
        }
        Ok(Self { name, search: Search { expected: String::new(), ..search }, expected })
    }
}

/// The ids that somebody expects, an id a line; what is named twice counts once.
pub fn expected_ids(text: &str) -> Result<Vec<String>, Problem> {
    let mut ids: Vec<String> = Vec::new();
    for id in text.lines().map(str::trim).filter(|id| !id.is_empty()) {
        if id.len() > RECORD_ID_MAX_BYTES {
            let rule = Rule::Length { unit: Unit::Bytes, min: 1, max: RECORD_ID_MAX_BYTES, found: id.len() };
            return Err(Problem::InvalidItem { field: Field::ExpectedIds, rule, position: ids.len() + 1 });
        }
        if id.contains('\0') {
            return Err(Problem::invalid(Field::ExpectedIds, Rule::ControlCharacter));
        }
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    if ids.len() > EXPECTED_IDS_MAX {
        return Err(Problem::invalid(Field::ExpectedIds, Rule::TooManyItems { items_max: EXPECTED_IDS_MAX }));
    }
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(record: &str) -> Search {
        Search { record: record.into(), ..Search::default() }
    }

    fn refused(name: &str, search: Search, expected: &str) -> String {
        NewQuery::parse(name, search, expected).expect_err("refused").to_string()
    }

    #[test]
    fn what_is_kept_has_a_name_and_asks_something() {
        let kept = NewQuery::parse(" Westerns ", like("film-7"), "a\n\n b \na").expect("a query");
        assert_eq!((kept.name.as_str(), kept.expected), ("Westerns", vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(refused("", like("a"), ""), "Query name is required.");
        assert_eq!(refused("x", Search::default(), ""), "Query is required.");
        let long = Search { filter: "x".repeat(SAVED_QUERY_MAX_BYTES), ..like("a") };
        assert!(refused("x", long, "").starts_with("Query must have 1 to 65536 bytes, but has 65"));
        assert!(refused("x", like("a\0"), "").contains("cannot be shown"));
    }

    #[test]
    fn what_is_expected_has_limits() {
        let many: String = (0..=EXPECTED_IDS_MAX).map(|n| format!("{n}\n")).collect();
        assert_eq!(refused("x", like("a"), &many), "Expected records are too many: 100 at a time.");
        let long = format!("a\n{}", "x".repeat(513));
        assert_eq!(
            refused("x", like("a"), &long),
            "Expected records: number 2 must have 1 to 512 bytes, but has 513."
        );
        let random = Search { by: By::Random, ..Search::default() };
        assert!(refused("x", random.clone(), "a").starts_with("Expected records cannot be checked"));
        assert!(NewQuery::parse("x", random, "").is_ok());
    }
}
