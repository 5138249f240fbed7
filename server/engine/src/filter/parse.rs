//! Filters from JSON. An error names the path to the token that is wrong, what belongs there and what was found.

use super::{Filter, Order, Scalar, Test};
use crate::{
    invalid::{Invalid, Rule, check_length},
    limits,
    records::describe,
};
use serde_json::Value as Json;

const FIELD_OPERATORS: &str = "one of $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists";
const TOP_OPERATORS: &str = "a field, $and or $or";

pub fn parse(json: &Json) -> Result<Filter, Invalid> {
    let mut parser = Parser { conditions: 0 };
    parser.filter("filter", json, limits::FILTER_DEPTH)
}

struct Parser {
    conditions: usize,
}

impl Parser {
    fn filter(&mut self, path: &str, json: &Json, depth_left: usize) -> Result<Filter, Invalid> {
        let object = json.as_object().ok_or_else(|| wrong(path, "an object of conditions", json))?;
        if depth_left == 0 {
            let max = limits::FILTER_DEPTH;
            let rule = Rule::Length { unit: "levels deep", min: 1, max, found: max + 1 };
            return Err(Invalid::new(path, rule));
        }
        let mut all = Vec::with_capacity(object.len());
        for (key, json) in object {
            let path = step(path, key);
            match key.as_str() {
                "$and" => all.push(Filter::All(self.list(&path, json, depth_left)?)),
                "$or" => all.push(Filter::Any(self.list(&path, json, depth_left)?)),
                _ if key.starts_with('$') => return Err(unknown(path, TOP_OPERATORS, key)),
                _ => self.field(&path, key, json, &mut all)?,
            }
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Filter::All(all) })
    }

    fn list(&mut self, path: &str, json: &Json, depth_left: usize) -> Result<Vec<Filter>, Invalid> {
        let filters = json.as_array().filter(|filters| !filters.is_empty());
        let filters = filters.ok_or_else(|| wrong(path, "a list of one or more filters", json))?;
        let parse = |(n, filter)| self.filter(&format!("{path}[{n}]"), filter, depth_left - 1);
        filters.iter().enumerate().map(parse).collect()
    }

    fn field(&mut self, path: &str, name: &str, json: &Json, all: &mut Vec<Filter>) -> Result<(), Invalid> {
        let mut add = |test| {
            self.conditions += 1;
            check_length("filter", "conditions", (0, limits::FILTER_CONDITIONS), self.conditions)?;
            all.push(Filter::Field { name: name.to_owned(), test });
            Ok(())
        };
        match json {
            Json::Object(tests) if tests.is_empty() => Err(wrong(path, "a value or a test", json)),
            Json::Object(tests) => {
                tests.iter().try_for_each(|(operator, json)| add(test(step(path, operator), operator, json)?))
            }
            Json::Array(_) => {
                Err(wrong(path, "a string, a number or a boolean (for one of several, use $in)", json))
            }
            _ => add(Test::Equal(scalar(path, json)?)),
        }
    }
}

fn test(path: String, operator: &str, json: &Json) -> Result<Test, Invalid> {
    Ok(match operator {
        "$eq" => Test::Equal(scalar(&path, json)?),
        "$ne" => Test::NotEqual(scalar(&path, json)?),
        "$gt" => Test::Number(Order::Greater, number(&path, json)?),
        "$gte" => Test::Number(Order::GreaterOrEqual, number(&path, json)?),
        "$lt" => Test::Number(Order::Less, number(&path, json)?),
        "$lte" => Test::Number(Order::LessOrEqual, number(&path, json)?),
        "$in" => Test::In(scalars(&path, json)?),
        "$nin" => Test::NotIn(scalars(&path, json)?),
        "$exists" => Test::Exists(json.as_bool().ok_or_else(|| wrong(&path, "true or false", json))?),
        _ => return Err(unknown(path, FIELD_OPERATORS, operator)),
    })
}

fn scalars(path: &str, json: &Json) -> Result<Vec<Scalar>, Invalid> {
    let items = json.as_array().ok_or_else(|| wrong(path, "a list of values", json))?;
    check_length(path, "values", (0, limits::FILTER_VALUES), items.len())?;
    items.iter().enumerate().map(|(n, item)| scalar(&format!("{path}[{n}]"), item)).collect()
}

fn scalar(path: &str, json: &Json) -> Result<Scalar, Invalid> {
    match json {
        Json::String(text) => Ok(Scalar::Text(text.clone())),
        Json::Bool(value) => Ok(Scalar::Boolean(*value)),
        Json::Number(_) => Ok(Scalar::Number(number(path, json)?)),
        _ => Err(wrong(path, "a string, a number or a boolean", json)),
    }
}

fn number(path: &str, json: &Json) -> Result<f64, Invalid> {
    json.as_f64().filter(|number| number.is_finite()).ok_or_else(|| wrong(path, "a number", json))
}

/// The path to `key` below `path`; a key that is not a plain word is quoted.
fn step(path: &str, key: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$');
    match !key.is_empty() && key.chars().all(plain) {
        true => format!("{path}.{key}"),
        false => format!("{path}[{key:?}]"),
    }
}

fn wrong(path: &str, expected: &'static str, json: &Json) -> Invalid {
    Invalid::new(path, Rule::Type { expected, found: describe(json) })
}

fn unknown(path: String, expected: &'static str, operator: &str) -> Invalid {
    Invalid::new(path, Rule::Type { expected, found: format!("the unknown operator {operator}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::samples;
    use proptest::prelude::*;
    use serde_json::json;

    fn refused(filter: Json) -> String {
        parse(&filter).expect_err("must be refused").to_string()
    }

    #[test]
    fn the_wrong_token_is_named() {
        for (filter, message) in [
            (json!([]), "filter: must be an object of conditions, but is a list of 0"),
            (
                json!({"$not": {}}),
                "filter.$not: must be a field, $and or $or, but is the unknown operator $not",
            ),
            (
                json!({"$or": [{"a": 1}, {"year": {"$gt": "x"}}]}),
                "filter.$or[1].year.$gt: must be a number, but is the string \"x\"",
            ),
            (json!({"$and": []}), "filter.$and: must be a list of one or more filters, but is a list of 0"),
            (json!({"$and": [1]}), "filter.$and[0]: must be an object of conditions, but is the number 1"),
            (
                json!({"a b": {"$in": [1, null]}}),
                "filter[\"a b\"].$in[1]: must be a string, a number or a boolean, but is null",
            ),
            (json!({"a": {"$exists": 1}}), "filter.a.$exists: must be true or false, but is the number 1"),
            (json!({"a": {}}), "filter.a: must be a value or a test, but is an object"),
        ] {
            assert_eq!(refused(filter), message);
        }
        assert!(refused(json!({"a": {"eq": 1}})).contains("one of $eq, $ne"));
        assert!(refused(json!({"a": ["x"]})).contains("use $in"));
    }

    #[test]
    fn filters_have_limits() {
        let values: Vec<usize> = (0..=limits::FILTER_VALUES).collect();
        assert!(parse(&json!({"a": {"$in": &values[1..]}})).is_ok());
        assert_eq!(
            refused(json!({"a": {"$in": values}})),
            "filter.a.$in: must be 0 to 10000 values, but is 10001"
        );
        let nested = |levels| (1..levels).fold(json!({"a": 1}), |inner, _| json!({"$and": [inner]}));
        assert!(parse(&nested(limits::FILTER_DEPTH)).is_ok());
        assert!(
            refused(nested(limits::FILTER_DEPTH + 1)).ends_with("must be 1 to 32 levels deep, but is 33")
        );
        let many = |count| json!({"$or": vec![json!({"a": 1}); count]});
        assert!(parse(&many(limits::FILTER_CONDITIONS)).is_ok());
        assert_eq!(
            refused(many(limits::FILTER_CONDITIONS + 1)),
            "filter: must be 0 to 1000 conditions, but is 1001"
        );
    }

    #[test]
    fn nothing_asked_is_everything() {
        assert!(parse(&json!({})).expect("valid").is_everything());
    }

    proptest! {
        #[test]
        fn what_is_written_as_json_is_read_the_same(filter in samples::filter(), metadata in crate::records::samples::metadata()) {
            let read = parse(&samples::to_json(&filter)).expect("valid");
            prop_assert_eq!(read.matches(&metadata), filter.matches(&metadata));
        }

        #[test]
        fn any_json_is_read_or_refused(text in "[\\[\\]{}:,$a-e\"0-9.]{0,40}") {
            if let Ok(json) = serde_json::from_str(&text) {
                let _ = parse(&json);
            }
        }
    }
}
