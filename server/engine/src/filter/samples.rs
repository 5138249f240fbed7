//! Arbitrary filters for property tests, and how they are written as JSON.

use super::{Filter, Order, Scalar, Test};
use crate::records::samples::{field, number, text};
use proptest::{collection, prelude::*};
use serde_json::{Value as Json, json};

pub fn scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        text().prop_map(Scalar::Text),
        number().prop_map(Scalar::Number),
        any::<bool>().prop_map(Scalar::Boolean),
    ]
}

fn test() -> impl Strategy<Value = Test> {
    use Order::{Greater, GreaterOrEqual, Less, LessOrEqual};
    let order = prop::sample::select(vec![Greater, GreaterOrEqual, Less, LessOrEqual]);
    prop_oneof![
        scalar().prop_map(Test::Equal),
        scalar().prop_map(Test::NotEqual),
        collection::vec(scalar(), 0..3).prop_map(Test::In),
        collection::vec(scalar(), 0..3).prop_map(Test::NotIn),
        (order, number()).prop_map(|(order, number)| Test::Number(order, number)),
        any::<bool>().prop_map(Test::Exists),
    ]
}

pub fn filter() -> impl Strategy<Value = Filter> {
    let leaf = (field(), test()).prop_map(|(name, test)| Filter::Field { name, test });
    leaf.prop_recursive(3, 12, 3, |inner| {
        let list = collection::vec(inner, 1..4);
        prop_oneof![list.clone().prop_map(Filter::All), list.prop_map(Filter::Any)]
    })
}

pub fn to_json(filter: &Filter) -> Json {
    match filter {
        Filter::All(filters) if filters.is_empty() => json!({}),
        Filter::All(filters) => json!({"$and": filters.iter().map(to_json).collect::<Vec<_>>()}),
        Filter::Any(filters) => json!({"$or": filters.iter().map(to_json).collect::<Vec<_>>()}),
        Filter::Field { name, test } => json!({name: test_to_json(test)}),
    }
}

fn test_to_json(test: &Test) -> Json {
    let list = |scalars: &[Scalar]| scalars.iter().map(scalar_to_json).collect::<Json>();
    match test {
        Test::Equal(scalar) => json!({"$eq": scalar_to_json(scalar)}),
        Test::NotEqual(scalar) => json!({"$ne": scalar_to_json(scalar)}),
        Test::In(scalars) => json!({"$in": list(scalars)}),
        Test::NotIn(scalars) => json!({"$nin": list(scalars)}),
        Test::Number(Order::Greater, number) => json!({"$gt": number}),
        Test::Number(Order::GreaterOrEqual, number) => json!({"$gte": number}),
        Test::Number(Order::Less, number) => json!({"$lt": number}),
        Test::Number(Order::LessOrEqual, number) => json!({"$lte": number}),
        Test::Exists(wanted) => json!({"$exists": wanted}),
    }
}

fn scalar_to_json(scalar: &Scalar) -> Json {
    match scalar {
        Scalar::Text(text) => json!(text),
        Scalar::Number(number) => json!(number),
        Scalar::Boolean(value) => json!(value),
    }
}
