//! What people type, in the engine's words.

use conifer_domain::{
    Field, Problem, Rule,
    namespaces::kept_name,
    problem::Unit,
    records::{Record as Typed, Sparse},
};
use conifer_engine::{
    Filter, Invalid, Metadata, NamespaceName, Record, RecordId, Rule as Broken, SparseValues, Values, filter,
};
use serde::de::DeserializeOwned;

/// What keeps a text from being what it should be.
#[derive(Debug)]
pub enum Unread {
    NotJson { field: Field, line: usize, column: usize, text: String },
    Broken { field: Field, invalid: Invalid },
}

impl Unread {
    /// In whole sentences, for whoever can be told.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotJson { field, text, .. } => format!("{field} is not the JSON it should be: {text}."),
            Self::Broken { invalid, .. } => format!("{invalid}."),
        }
    }
}

/// As much of it as a problem can hold.
impl From<Unread> for Problem {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::NotJson { field, line, column, .. } => {
                Self::invalid(field, Rule::NotJson { line, column })
            }
            Unread::Broken { field, invalid } => Self::invalid(field, rule(&invalid.rule)),
        }
    }
}

fn rule(broken: &Broken) -> Rule {
    match broken {
        Broken::Length { unit, min, max, found } => {
            let unit = match *unit {
                "bytes" => Unit::Bytes,
                "numbers" => Unit::Values,
                _ => Unit::Items,
            };
            Rule::Length { unit, min: *min, max: *max, found: *found }
        }
        Broken::Dimension { expected, found } => {
            Rule::Length { unit: Unit::Values, min: *expected, max: *expected, found: *found }
        }
        Broken::Finite { position, .. } => Rule::NotANumberAt { position: *position },
        Broken::AllZero => Rule::AllZero,
        Broken::Required { .. } => Rule::Required,
        _ => Rule::NotAsRecords,
    }
}

/// Which input a broken rule is about, by the engine's name of it.
pub fn problem(invalid: Invalid) -> Problem {
    let name = invalid.field.rsplit_once("].").map_or(invalid.field.as_str(), |(_, name)| name);
    let field = match name.split(['.', '[']).next().unwrap_or_default() {
        "id" => Field::RecordId,
        "values" => Field::Values,
        "sparse_values" | "sparse" | "indices" => Field::SparseValues,
        "metadata" => Field::Metadata,
        "filter" => Field::Filter,
        "namespace" => Field::Namespace,
        _ => Field::Records,
    };
    Unread::Broken { field, invalid }.into()
}

fn broken(field: Field) -> impl Fn(Invalid) -> Unread {
    move |invalid| Unread::Broken { field, invalid }
}

pub fn json<T: DeserializeOwned>(field: Field, text: &str) -> Result<T, Unread> {
    serde_json::from_str(text).map_err(|error| Unread::NotJson {
        field,
        line: error.line(),
        column: error.column(),
        text: error.to_string(),
    })
}

/// None for a text of blanks.
pub fn optional<T: DeserializeOwned>(field: Field, text: &str) -> Result<Option<T>, Unread> {
    if text.trim().is_empty() { Ok(None) } else { json(field, text).map(Some) }
}

pub fn namespace(text: &str) -> Result<NamespaceName, Unread> {
    NamespaceName::new(kept_name(text.trim())).map_err(broken(Field::Namespace))
}

pub fn id(text: &str) -> Result<RecordId, Unread> {
    RecordId::new(text).map_err(broken(Field::RecordId))
}

pub fn filter_of(text: &str) -> Result<Option<Filter>, Unread> {
    let json = optional::<serde_json::Value>(Field::Filter, text)?;
    json.map(|json| filter::parse(&json)).transpose().map_err(broken(Field::Filter))
}

pub fn values(values: Vec<f32>) -> Result<Values, Unread> {
    Values::new(values).map_err(broken(Field::Values))
}

pub fn sparse(sparse: &Sparse) -> Result<SparseValues, Unread> {
    SparseValues::new(&sparse.indices, &sparse.values).map_err(broken(Field::SparseValues))
}

pub fn record(typed: Typed) -> Result<Record, Unread> {
    Ok(Record {
        id: id(&typed.id)?,
        values: typed.values.map(values).transpose()?,
        sparse: typed.sparse.as_ref().map(sparse).transpose()?,
        metadata: Metadata::from_json(&typed.metadata).map_err(broken(Field::Metadata))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let told = |unread: Unread| Problem::from(unread).to_string();
        let filter = filter_of("{\"year\": {\"$gt\": \"a\"}}").expect_err("refused");
        assert!(filter.sentence().starts_with("filter.year.$gt: "), "{}", filter.sentence());
        assert_eq!(
            told(filter_of("{\n  x").expect_err("refused")),
            "Filter is not JSON: see line 2, column 3."
        );
        assert_eq!(told(id("").expect_err("refused")), "Record ID must have 1 to 512 bytes, but has 0.");
        assert_eq!(
            told(values(vec![1.0, f32::NAN]).expect_err("refused")),
            "Values has no number at position 1."
        );
        assert!(filter_of("  ").is_ok_and(|filter| filter.is_none()));
    }

    #[test]
    fn the_engines_names_lead_to_inputs() {
        let field = |name: &str| problem(Invalid::new(name, Broken::AllZero)).field();
        assert_eq!(field("records[3].values"), Some(Field::Values));
        assert_eq!(field("metadata.year"), Some(Field::Metadata));
        assert_eq!(field("ids"), Some(Field::Records));
    }
}
