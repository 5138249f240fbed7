//! What the builder can show of a filter: conditions of which all, or any, must hold.

use super::{Operator, Takes};
use serde_json::{Map, Value, json};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joint {
    #[default]
    All,
    Any,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub key: String,
    pub operator: Operator,
    pub value: Value,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    pub joint: Joint,
    pub clauses: Vec<Clause>,
}

impl Clause {
    /// `{"year": {"$gt": 2000}}`, and the short form for what is equal.
    fn to_json(&self) -> Value {
        let Self { key, operator, value } = self;
        match operator {
            Operator::Equal => json!({ key: value }),
            _ => json!({ key: { operator.as_str(): value } }),
        }
    }
}

impl Shape {
    pub fn to_json(&self) -> Value {
        let each = || self.clauses.iter().map(Clause::to_json).collect::<Vec<_>>();
        match self.joint {
            Joint::Any if self.clauses.len() > 1 => json!({ "$or": each() }),
            _ => self.together().unwrap_or_else(|| json!({ "$and": each() })),
        }
    }

    /// All in one object, unless that would say the same of a field twice.
    fn together(&self) -> Option<Value> {
        let mut all = Map::new();
        for Clause { key, operator, value } in &self.clauses {
            let tests = all.entry(key.clone()).or_insert_with(|| Value::Object(Map::new()));
            let before = tests.as_object_mut()?.insert(operator.as_str().to_owned(), value.clone());
            if before.is_some() {
                return None;
            }
        }
        for tests in all.values_mut() {
            let alone = tests.as_object().filter(|tests| tests.len() == 1).and_then(|tests| tests.get("$eq"));
            if let Some(value) = alone.cloned() {
                *tests = value;
            }
        }
        Some(Value::Object(all))
    }
}

/// None for what is more than a list of conditions.
pub fn read_shape(json: &Value) -> Option<Shape> {
    let object = json.as_object()?;
    if let (Some(any), 1) = (object.get("$or"), object.len()) {
        let clauses: Option<Vec<Clause>> = any.as_array()?.iter().map(only_clause).collect();
        return Some(Shape { joint: Joint::Any, clauses: clauses? });
    }
    let mut clauses = Vec::new();
    for (key, json) in object {
        match key.as_str() {
            "$and" => {
                for item in json.as_array()? {
                    clauses.extend(clauses_of(item.as_object()?)?);
                }
            }
            _ => clauses.extend(clauses_of(&Map::from_iter([(key.clone(), json.clone())]))?),
        }
    }
    Some(Shape { joint: Joint::All, clauses })
}

fn only_clause(json: &Value) -> Option<Clause> {
    let mut clauses = clauses_of(json.as_object()?)?;
    (clauses.len() == 1).then(|| clauses.remove(0))
}

fn clauses_of(object: &Map<String, Value>) -> Option<Vec<Clause>> {
    let mut clauses = Vec::new();
    for (key, json) in object {
        if key.starts_with('$') {
            return None;
        }
        let mut add = |operator, value: &Value| {
            clauses.push(Clause { key: key.clone(), operator, value: value.clone() });
        };
        match json {
            Value::Object(tests) => {
                for (name, value) in tests {
                    add(Operator::named(name)?, value);
                }
            }
            value => add(Operator::Equal, value),
        }
    }
    Some(clauses)
}

/// What somebody typed, as what the operator takes. `is_text` when the field is known to hold texts alone.
pub fn typed_value(operator: Operator, text: &str, is_text: bool) -> Value {
    match operator.takes() {
        Takes::Boolean => Value::Bool(text.trim() != "false"),
        Takes::List => text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| scalar(item, is_text))
            .collect(),
        Takes::Number => scalar(text.trim(), false),
        Takes::Scalar => scalar(text.trim(), is_text),
    }
}

fn scalar(text: &str, is_text: bool) -> Value {
    let read = serde_json::from_str::<Value>(text).ok();
    let plain = read.filter(|json| json.is_string() || (!is_text && (json.is_number() || json.is_boolean())));
    plain.unwrap_or_else(|| Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(key: &str, operator: Operator, value: Value) -> Clause {
        Clause { key: key.into(), operator, value }
    }

    fn all(clauses: Vec<Clause>) -> Shape {
        Shape { joint: Joint::All, clauses }
    }

    #[test]
    fn what_is_built_is_read_again() {
        let year = |operator, year: i64| clause("year", operator, json!(year));
        for (shape, written) in [
            (all(vec![]), json!({})),
            (all(vec![clause("genre", Operator::Equal, json!("war"))]), json!({"genre": "war"})),
            (
                all(vec![year(Operator::GreaterOrEqual, 1), year(Operator::Less, 9)]),
                json!({"year": {"$gte": 1, "$lt": 9}}),
            ),
            (
                all(vec![year(Operator::NotEqual, 1), year(Operator::NotEqual, 2)]),
                json!({"$and": [{"year": {"$ne": 1}}, {"year": {"$ne": 2}}]}),
            ),
            (
                Shape {
                    joint: Joint::Any,
                    clauses: vec![year(Operator::Equal, 1), year(Operator::Greater, 5)],
                },
                json!({"$or": [{"year": 1}, {"year": {"$gt": 5}}]}),
            ),
        ] {
            assert_eq!(shape.to_json(), written);
            assert_eq!(read_shape(&written), Some(shape));
        }
    }

    #[test]
    fn what_nests_is_no_list_of_conditions() {
        for json in [
            json!({"$or": [{"a": 1, "b": 2}]}),
            json!({"a": 1, "$or": [{"b": 1}]}),
            json!({"$and": [{"$or": [{"b": 1}]}]}),
            json!({"a": {"$near": 1}}),
            json!([]),
        ] {
            assert_eq!(read_shape(&json), None, "{json}");
        }
    }

    #[test]
    fn what_is_typed_becomes_what_is_meant() {
        let typed = |operator, text| typed_value(operator, text, false);
        assert_eq!(typed(Operator::Equal, " 1984 "), json!(1984));
        assert_eq!(typed_value(Operator::Equal, "1984", true), json!("1984"));
        assert_eq!(typed(Operator::Equal, "\"1984\""), json!("1984"));
        assert_eq!(typed(Operator::In, "war, 7,, true"), json!(["war", 7, true]));
        assert_eq!(typed(Operator::Exists, "false"), json!(false));
        assert_eq!(typed(Operator::Greater, "x"), json!("x"), "told at its place by the check");
    }
}
