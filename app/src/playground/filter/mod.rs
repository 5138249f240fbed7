//! The filter of a query: JSON, checked while it is typed, and a builder that writes it.
//!
//! The builder comes when somebody opens it; without scripts the JSON is all there is.

mod builder;
mod completed;
mod row;

use super::functions::MetadataKeys;
use crate::{
    calls::{encoded, post},
    later::later,
    ui::*,
};
use builder::{Given, builder};
use completed::Completed;
use conifer_domain::{
    playground::{MetadataKey, fault},
    records::Search,
};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use server_fn::ServerFn;

const AREA: &str = "field-filter";

#[component]
pub fn FilterField(asked: Search, index_id: String) -> impl IntoView {
    let text = RwSignal::new(asked.filter.clone());
    let known = RwSignal::new(None::<Vec<MetadataKey>>);
    let shown = RwSignal::new(false);
    let is_asked = StoredValue::new(false);
    let wanted = StoredValue::new((index_id, asked.namespace));
    // Once, when they are first needed.
    let ask = Callback::new(move |()| {
        if is_asked.get_value() {
            return;
        }
        is_asked.set_value(true);
        let (id, asked) = wanted.get_value();
        let namespace = chosen_namespace().unwrap_or(asked);
        spawn_local(async move {
            let answer = post(MetadataKeys::PATH, encoded(&MetadataKeys { id, namespace })).await;
            let keys = answer.ok().and_then(|text| crate::answer::read(text.as_bytes()).ok());
            known.try_set(Some(keys.unwrap_or_default()));
        });
    });
    let open = Callback::new(move |_| {
        shown.update(|shown| *shown = !*shown);
        ask.run(());
    });
    view! {
        <Completed area=AREA known ask>
            <JsonArea
                name="filter"
                label="Filter"
                rows=3
                value=asked.filter
                placeholder=r#"{"year": {"$gte": 2020}}"#
                hint="Only records whose metadata passes it."
                check=told
                on_input=Callback::new(move |typed| text.set(typed))
            />
        </Completed>
        <div class="needs-script">
            <button
                type="button"
                class="button button-small"
                aria-expanded=move || shown.get().to_string()
                on:click=move |_| open.run(())
            >
                <Icon glyph=Glyph::Rows />
                "Build the filter"
            </button>
        </div>
        {move || {
            let keys = known.get().filter(|_| shown.get())?;
            let given = Given { text, keys };
            Some(later(builder(given)))
        }}
    }
    .into_any()
}

/// The namespace that is chosen in the form by now.
fn chosen_namespace() -> Option<String> {
    let select = document().get_element_by_id("field-namespace")?;
    Some(select.dyn_into::<web_sys::HtmlSelectElement>().ok()?.value())
}

/// What is wrong with a filter, at the token that is.
pub fn told(text: &str) -> Option<String> {
    let fault = fault(text)?;
    Some(told_at(text, fault.line, fault.column, &fault.what))
}
