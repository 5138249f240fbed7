//! Arbitrary words for property tests. Names and values are few, so that filters meet them.

use super::{Metadata, Value};
use proptest::{collection, prelude::*};

pub fn field() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "", "\u{e4} \""]).prop_map(str::to_owned)
}

pub fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "x", "y", "z", "10", "$eq", "\u{1f332}"]).prop_map(str::to_owned)
}

pub fn number() -> impl Strategy<Value = f64> {
    prop::sample::select(vec![-1.5, -0.0, 0.0, 1.0, 2.0, 1e300, 9_007_199_254_740_992.0])
}

pub fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(Value::Text),
        number().prop_map(Value::Number),
        any::<bool>().prop_map(Value::Boolean),
        collection::vec(text(), 0..3).prop_map(Value::Texts),
    ]
}

pub fn metadata() -> impl Strategy<Value = Metadata> {
    collection::vec((field(), value()), 0..4).prop_map(|fields| Metadata::new(fields).expect("within limits"))
}
