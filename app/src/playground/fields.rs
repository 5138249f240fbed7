//! What is like what: the inputs of a query that every form of one has.

use crate::ui::*;
use conifer_domain::{
    indexes::{Index, Metric, VectorType},
    records::{By, Search, Sparse, TOP_K},
};
use leptos::prelude::*;

/// Of two queries in one form, the inputs of one have a prefix before their names.
#[component]
pub fn QueryFields(asked: Search, index: Index, prefix: &'static str) -> impl IntoView {
    let ways = ways(&index);
    let by = if ways.iter().any(|(way, _)| way == asked.by.as_str()) { asked.by } else { first_way(&index) };
    let top_k = if asked.top_k.is_empty() { TOP_K.to_string() } else { asked.top_k };
    let example = vector_example(&index);
    let name = move |name: &str| format!("{prefix}{name}");
    view! {
        <div class="ways-to-ask form">
            <Select name=name("by") label="Find what is like" options=ways selected=by.as_str().to_owned() />
            <div class="by-record">
                <Field
                    name=name("record")
                    label="Record ID"
                    mono=true
                    plain=true
                    autocomplete="off"
                    value=asked.record
                />
            </div>
            <div class="by-vector">
                <JsonArea
                    name=name("vector")
                    label="Vector"
                    rows=4
                    value=asked.vector
                    placeholder=example
                    check={fault_as::<Vec<f32>>}
                />
            </div>
            <div class="by-sparse">
                <JsonArea
                    name=name("sparse")
                    label="Sparse values"
                    rows=3
                    value=asked.sparse
                    placeholder=r#"{"indices": [7, 42], "values": [0.5, 0.8]}"#
                    check={fault_as::<Sparse>}
                />
            </div>
            <div class="by-hybrid">
                <Field
                    name=name("weight")
                    label="Weight of the dense part"
                    inputmode="numeric"
                    suffix="%"
                    plain=true
                    value=if asked.weight.is_empty() { "50".to_owned() } else { asked.weight }
                />
            </div>
            <Field
                name=name("top_k")
                label="How many (top_k)"
                inputmode="numeric"
                pattern="[0-9]+"
                required=true
                value=top_k
            />
        </div>
    }
    .into_any()
}

/// The ways that an index of this kind can be asked.
fn ways(index: &Index) -> Vec<(String, String)> {
    let is_dense = index.vectors.kind() == VectorType::Dense;
    let is_hybrid = is_dense && index.vectors.metric() == Metric::Dotproduct;
    let is_offered = |by: &By| match by {
        By::Record => true,
        By::Vector | By::Random => is_dense,
        By::Sparse => !is_dense || is_hybrid,
        By::Hybrid => is_hybrid,
    };
    let label = |by: By| match by {
        By::Record => "A record of this namespace",
        By::Vector => "A vector",
        By::Random => "A random vector",
        By::Sparse => "Sparse values",
        By::Hybrid => "Dense and sparse values (hybrid)",
    };
    let offered = By::ALL.into_iter().filter(is_offered);
    offered.map(|by| (by.as_str().to_owned(), label(by).to_owned())).collect()
}

fn first_way(index: &Index) -> By {
    if index.vectors.kind() == VectorType::Dense { By::Record } else { By::Sparse }
}

fn vector_example(index: &Index) -> String {
    let dimension = index.vectors.dimension().unwrap_or(3);
    format!("[0.1, 0.2, …]  ({} values)", count(dimension.into()))
}
