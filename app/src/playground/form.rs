//! What is looked for.

use crate::{records::NamespaceField, ui::*};
use conifer_domain::{
    indexes::{Index, Metric, VectorType},
    namespaces::Namespace,
    records::{By, Search, Sparse, TOP_K},
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_location};

const FORM: &str = "playground-form";

#[component]
pub fn SearchForm(namespaces: Vec<Namespace>, asked: Search, index: Index) -> impl IntoView {
    let path = use_location().pathname;
    let ways = ways(&index);
    let by = if ways.iter().any(|(way, _)| way == asked.by.as_str()) { asked.by } else { first_way(&index) };
    let top_k = if asked.top_k.is_empty() { TOP_K.to_string() } else { asked.top_k.clone() };
    let example = vector_example(&index);
    send_by_shortcut();
    view! {
        <search aria-label="Query">
            <Form method="get" action=move || path.get() attr:id=FORM attr:class="form">
                <NamespaceField namespaces current=asked.namespace />
                <Select name="by" label="Find what is like" options=ways selected=by.as_str().to_owned() />
                <div class="by-record">
                    <Field
                        name="record"
                        label="Record ID"
                        mono=true
                        plain=true
                        autocomplete="off"
                        value=asked.record
                    />
                </div>
                <div class="by-vector">
                    <JsonArea
                        name="vector"
                        label="Vector"
                        rows=4
                        value=asked.vector
                        placeholder=example
                        check={fault_as::<Vec<f32>>}
                    />
                </div>
                <div class="by-sparse">
                    <JsonArea
                        name="sparse"
                        label="Sparse values"
                        rows=3
                        value=asked.sparse
                        placeholder=r#"{"indices": [7, 42], "values": [0.5, 0.8]}"#
                        check={fault_as::<Sparse>}
                    />
                </div>
                <div class="by-hybrid">
                    <Field
                        name="weight"
                        label="Weight of the dense part"
                        inputmode="numeric"
                        suffix="%"
                        plain=true
                        value=if asked.weight.is_empty() { "50".to_owned() } else { asked.weight }
                    />
                </div>
                <Field name="top_k" label="How many (top_k)" inputmode="numeric" pattern="[0-9]+" required=true value=top_k />
                <JsonArea
                    name="filter"
                    label="Filter"
                    rows=3
                    value=asked.filter
                    placeholder=r#"{"year": {"$gte": 2020}}"#
                    hint="Only records whose metadata passes it."
                />
                <Field
                    name="expected"
                    label="Expected record"
                    mono=true
                    plain=true
                    autocomplete="off"
                    value=asked.expected
                    hint="An ID you miss among the results: the answer says where it went."
                />
                <div class="form-actions">
                    <Submit icon=Glyph::Play>"Run query"</Submit>
                    <span class="muted small needs-script">
                        <Kbd>"Ctrl"</Kbd>
                        " "
                        <Kbd>"Enter"</Kbd>
                    </span>
                </div>
            </Form>
        </search>
    }
    .into_any()
}

/// Ctrl Enter and ⌘ Enter run the query from wherever one types.
fn send_by_shortcut() {
    use leptos::{ev::KeyboardEvent, wasm_bindgen::JsCast};
    Effect::new(move || {
        let handle = window_event_listener(leptos::ev::keydown, |event: KeyboardEvent| {
            if event.key() != "Enter" || !(event.ctrl_key() || event.meta_key()) {
                return;
            }
            let form = document().get_element_by_id(FORM);
            if let Some(form) = form.and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok()) {
                event.prevent_default();
                _ = form.request_submit();
            }
        });
        on_cleanup(move || handle.remove());
    });
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
