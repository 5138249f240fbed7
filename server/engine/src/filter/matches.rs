//! What filters mean: one record judged by itself. Everything faster must agree with this.

use super::{Filter, Order, Scalar, Test};
use crate::records::{Metadata, Value};

impl Filter {
    pub fn matches(&self, metadata: &Metadata) -> bool {
        match self {
            Self::All(filters) => filters.iter().all(|filter| filter.matches(metadata)),
            Self::Any(filters) => filters.iter().any(|filter| filter.matches(metadata)),
            Self::Field { name, test } => test.passes(metadata.get(name)),
        }
    }
}

impl Test {
    pub(crate) fn passes(&self, value: Option<&Value>) -> bool {
        let is = |scalar: &Scalar| value.is_some_and(|value| scalar.is(value));
        match self {
            Self::Equal(scalar) => is(scalar),
            Self::NotEqual(scalar) => !is(scalar),
            Self::In(scalars) => scalars.iter().any(is),
            Self::NotIn(scalars) => !scalars.iter().any(is),
            Self::Number(order, bound) => matches!(value, Some(Value::Number(n)) if order.holds(*n, *bound)),
            Self::Exists(wanted) => value.is_some() == *wanted,
        }
    }
}

impl Scalar {
    fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text(wanted), Value::Text(text)) => wanted == text,
            (Self::Text(wanted), Value::Texts(texts)) => texts.contains(wanted),
            (Self::Number(wanted), Value::Number(number)) => wanted == number,
            (Self::Boolean(wanted), Value::Boolean(value)) => wanted == value,
            _ => false,
        }
    }
}

impl Order {
    pub(crate) fn holds(self, number: f64, bound: f64) -> bool {
        match self {
            Self::Greater => number > bound,
            Self::GreaterOrEqual => number >= bound,
            Self::Less => number < bound,
            Self::LessOrEqual => number <= bound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::{parse, samples};
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    fn matches(filter: Json, metadata: Json) -> bool {
        let metadata = Metadata::from_json(metadata.as_object().expect("object")).expect("valid metadata");
        parse(&filter).expect("valid filter").matches(&metadata)
    }

    #[test]
    fn each_operator_on_each_type() {
        let record = json!({"s": "x", "n": 2, "b": true, "l": ["p", "q"], "none": []});
        for (filter, expected) in [
            (json!({}), true),
            (json!({"s": "x"}), true),
            (json!({"s": {"$eq": "y"}}), false),
            (json!({"n": 2.0}), true),
            (json!({"n": "2"}), false),
            (json!({"b": true}), true),
            (json!({"b": {"$ne": true}}), false),
            (json!({"n": {"$gt": 1, "$lt": 3}}), true),
            (json!({"n": {"$gte": 2, "$lte": 2}}), true),
            (json!({"n": {"$gt": 2}}), false),
            (json!({"s": {"$gt": 0}}), false),
            (json!({"n": {"$in": ["x", 2]}}), true),
            (json!({"n": {"$in": []}}), false),
            (json!({"n": {"$nin": []}}), true),
            (json!({"n": {"$nin": [1, 2]}}), false),
            (json!({"$or": [{"n": 1}, {"s": "x"}]}), true),
            (json!({"$and": [{"n": 2}, {"s": "y"}]}), false),
            (json!({"n": 2, "s": "y"}), false),
            (json!({"s": {"$exists": true}}), true),
            (json!({"none": {"$exists": false}}), false),
        ] {
            assert_eq!(matches(filter.clone(), record.clone()), expected, "{filter}");
        }
    }

    #[test]
    fn lists_match_by_any_element() {
        let record = json!({"l": ["p", "q"]});
        for (filter, expected) in [
            (json!({"l": "p"}), true),
            (json!({"l": "r"}), false),
            (json!({"l": {"$ne": "p"}}), false),
            (json!({"l": {"$ne": "r"}}), true),
            (json!({"l": {"$in": ["r", "q"]}}), true),
            (json!({"l": {"$nin": ["r", "q"]}}), false),
        ] {
            assert_eq!(matches(filter.clone(), record.clone()), expected, "{filter}");
        }
    }

    #[test]
    fn a_missing_field_is_not_equal_to_anything() {
        for (filter, expected) in [
            (json!({"m": "x"}), false),
            (json!({"m": {"$ne": "x"}}), true),
            (json!({"m": {"$in": ["x"]}}), false),
            (json!({"m": {"$nin": ["x"]}}), true),
            (json!({"m": {"$lt": 1e300}}), false),
            (json!({"m": {"$exists": false}}), true),
        ] {
            assert_eq!(matches(filter.clone(), json!({})), expected, "{filter}");
        }
    }

    proptest! {
        #[test]
        fn opposites_are_opposite(metadata in crate::records::samples::metadata(), scalar in samples::scalar()) {
            let on_a = |test| Filter::Field { name: "a".to_owned(), test }.matches(&metadata);
            let list = vec![scalar.clone()];
            prop_assert_ne!(on_a(Test::Equal(scalar.clone())), on_a(Test::NotEqual(scalar.clone())));
            prop_assert_ne!(on_a(Test::In(list.clone())), on_a(Test::NotIn(list.clone())));
            prop_assert_eq!(on_a(Test::In(list)), on_a(Test::Equal(scalar)));
        }
    }
}
