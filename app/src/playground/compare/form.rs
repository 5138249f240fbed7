//! What is compared: both sides in one form, so that its address shows the same.

use crate::{
    indexes::IndexList,
    playground::{fields::QueryFields, filter::told},
    ui::*,
};
use conifer_domain::{indexes::Index, records::Search};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_location};

#[component]
pub fn CompareForm(own: Index, list: IndexList, left: Search, right: Search, other: String) -> impl IntoView {
    let path = use_location().pathname;
    let mut indexes: Vec<Index> = list.page.items.into_iter().map(|shown| shown.index).collect();
    if !indexes.iter().any(|index| index.id == own.id) {
        indexes.insert(0, own.clone());
    }
    let chosen = indexes.iter().find(|index| index.id.to_string() == other).unwrap_or(&own).clone();
    let options: Vec<(String, String)> =
        indexes.iter().map(|index| (index.id.to_string(), index.name.clone())).collect();
    view! {
        <search aria-label="Compare">
            <Form method="get" action=move || path.get() attr:class="form compare-form">
                <div class="compare-sides">
                    <fieldset class="compare-side form">
                        <legend>"Left: " {own.name.clone()}</legend>
                        <SideFields asked=left index=own prefix="" />
                    </fieldset>
                    <fieldset class="compare-side form">
                        <legend>"Right"</legend>
                        <Select
                            name="b_index"
                            label="Index"
                            options
                            selected=chosen.id.to_string()
                        />
                        <SideFields asked=right index=chosen prefix="b_" />
                    </fieldset>
                </div>
                <div class="form-actions">
                    <Submit icon=Glyph::Rows>"Compare"</Submit>
                </div>
            </Form>
        </search>
    }
    .into_any()
}

#[component]
fn SideFields(asked: Search, index: Index, prefix: &'static str) -> impl IntoView {
    view! {
        <Field
            name=format!("{prefix}namespace")
            label="Namespace"
            mono=true
            plain=true
            autocomplete="off"
            value=asked.namespace.clone()
            hint="Empty for the default one."
        />
        <QueryFields asked=asked.clone() index prefix />
        <JsonArea
            name=format!("{prefix}filter")
            label="Filter"
            rows=3
            value=asked.filter
            placeholder=r#"{"year": {"$gte": 2020}}"#
            check=told
        />
    }
    .into_any()
}
