//! The first thing wrong with a filter, and the place of the wrong token.

use super::{
    Operator, Takes,
    place::{Step, place},
};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterFault {
    /// Counted from 1, as editors do.
    pub line: usize,
    pub column: usize,
    pub what: String,
}

/// None for what the engine takes; nothing at all is no filter.
pub fn fault(text: &str) -> Option<FilterFault> {
    if text.trim().is_empty() {
        return None;
    }
    let json = match serde_json::from_str::<Value>(text) {
        Ok(json) => json,
        Err(error) => {
            let said = error.to_string();
            let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what).to_owned();
            return Some(FilterFault { line: error.line(), column: error.column(), what });
        }
    };
    let mut path = Vec::new();
    let wrong = filter(&json, &mut path).err()?;
    let (line, column) = place(text, &path, wrong.at_key);
    Some(FilterFault { line, column, what: wrong.what })
}

struct Wrong {
    /// The key of the last step is wrong, not what stands there.
    at_key: bool,
    what: String,
}

type Checked = Result<(), Wrong>;

fn value(what: impl Into<String>) -> Checked {
    Err(Wrong { at_key: false, what: what.into() })
}

fn key(what: impl Into<String>) -> Checked {
    Err(Wrong { at_key: true, what: what.into() })
}

/// Checks what stands one step deeper. The path stays where it is when that is wrong.
fn within(path: &mut Vec<Step>, step: Step, check: impl FnOnce(&mut Vec<Step>) -> Checked) -> Checked {
    path.push(step);
    check(path)?;
    path.pop();
    Ok(())
}

fn filter(json: &Value, path: &mut Vec<Step>) -> Checked {
    let Some(object) = json.as_object() else { return value("a filter is an object of conditions") };
    for (name, json) in object {
        within(path, Step::Key(name.clone()), |path| match name.as_str() {
            "$and" | "$or" => joined(name, json, path),
            _ if name.starts_with('$') => key(format!("{name} cannot stand here: a field, $and or $or can")),
            _ => field(json, path),
        })?;
    }
    Ok(())
}

fn joined(name: &str, json: &Value, path: &mut Vec<Step>) -> Checked {
    let Some(items) = json.as_array().filter(|items| !items.is_empty()) else {
        return value(format!("{name} takes a list of one or more filters"));
    };
    let mut items = items.iter().enumerate();
    items.try_for_each(|(nth, item)| within(path, Step::Item(nth), |path| filter(item, path)))
}

fn field(json: &Value, path: &mut Vec<Step>) -> Checked {
    let tests = match json {
        Value::Object(tests) if tests.is_empty() => return value("a field takes a value or a test"),
        Value::Object(tests) => tests,
        Value::Array(_) => return value("a field takes one value: for one of several, use $in"),
        Value::Null => return value("a field takes a text, a number, true or false"),
        _ => return Ok(()),
    };
    for (name, json) in tests {
        within(path, Step::Key(name.clone()), |path| match Operator::named(name) {
            Some(operator) => test(operator, json, path),
            None => key(format!(
                "{name} is no operator: $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin and $exists are"
            )),
        })?;
    }
    Ok(())
}

fn test(operator: Operator, json: &Value, path: &mut Vec<Step>) -> Checked {
    let is_scalar = |json: &Value| json.is_string() || json.is_number() || json.is_boolean();
    let name = operator.as_str();
    match operator.takes() {
        Takes::Scalar if is_scalar(json) => Ok(()),
        Takes::Scalar => value(format!("{name} takes a text, a number, true or false")),
        Takes::Number if json.is_number() => Ok(()),
        Takes::Number => value(format!("{name} takes a number")),
        Takes::Boolean if json.is_boolean() => Ok(()),
        Takes::Boolean => value(format!("{name} takes true or false")),
        Takes::List => {
            let Some(items) = json.as_array() else { return value(format!("{name} takes a list")) };
            let wrong = items.iter().position(|item| !is_scalar(item));
            wrong.map_or(Ok(()), |nth| {
                within(path, Step::Item(nth), |_| {
                    value(format!("{name} takes texts, numbers, true and false"))
                })
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands at the place that is told, and what is said of it.
    fn told(text: &str) -> (String, String) {
        let FilterFault { line, column, what } = fault(text).expect("a fault");
        let line = text.lines().nth(line - 1).expect("a line");
        (line.chars().skip(column - 1).collect(), what)
    }

    #[test]
    fn what_the_engine_takes_has_no_fault() {
        for text in
            ["", "  ", "{}", r#"{"a": 1}"#, r#"{"$or": [{"a": {"$in": []}}, {"b": {"$exists": true}}]}"#]
        {
            assert_eq!(fault(text), None, "{text}");
        }
    }

    #[test]
    fn the_wrong_token_is_pointed_at() {
        for (text, at, what) in [
            (r#"{"year": {"$gt": "x"}}"#, r#""x"}}"#, "$gt takes a number"),
            ("{\n  \"year\": {\"gt\": 3}\n}", r#""gt": 3}"#, "gt is no operator"),
            (r#"{"a": 1, "$nor": []}"#, r#""$nor": []}"#, "$nor cannot stand here"),
            (r#"{"$or": [{"a": 1}, 7]}"#, "7]}", "an object of conditions"),
            (r#"{"a": {"$in": [1, null]}}"#, "null]}}", "texts, numbers"),
            (r#"{"a": ["x"]}"#, r#"["x"]}"#, "use $in"),
            (r#"{"é": {}, "z": 1}"#, r#"{}, "z": 1}"#, "a value or a test"),
            ("[]", "[]", "an object of conditions"),
        ] {
            let (found, said) = told(text);
            assert_eq!(found, at, "{text}");
            assert!(said.contains(what), "{said}");
        }
        assert_eq!(fault("{\n x").map(|fault| (fault.line, fault.column)), Some((2, 2)));
    }
}
