//! The form above the records: which of them, and what is shown of each.

use crate::ui::*;
use conifer_domain::{
    namespaces::Namespace,
    records::{BROWSE_LENGTHS, Browse},
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_location};

#[component]
pub fn FindRecords(namespaces: Vec<Namespace>, asked: Browse, columns: String) -> impl IntoView {
    let path = use_location().pathname;
    let lengths =
        BROWSE_LENGTHS.map(|length| (length.to_string(), format!("{} a page", count(length.into()))));
    let selected = asked.length().to_string();
    let is_open = !asked.filter.is_empty() || !columns.is_empty();
    view! {
        <search class="list-controls" aria-label="Find records">
            <Form method="get" action=move || path.get()>
                <div class="list-controls-row">
                    <NamespaceField namespaces current=asked.namespace />
                    <Field
                        name="prefix"
                        label="ID begins with"
                        kind="search"
                        mono=true
                        required=false
                        plain=true
                        autocomplete="off"
                        value=asked.prefix
                    />
                    <Select name="length" label="Page size" options=lengths.to_vec() selected />
                    <Submit variant=Variant::Secondary>"Show"</Submit>
                </div>
                <details class="find-more" open=is_open>
                    <summary>"Filter and columns"</summary>
                    <div class="form-row">
                        <JsonArea
                            name="filter"
                            label="Filter by metadata"
                            rows=3
                            value=asked.filter
                            placeholder=r#"{"year": {"$gte": 2020}, "genre": {"$in": ["drama", "comedy"]}}"#
                            hint="As programs write it: $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $and, $or."
                        />
                        <Field
                            name="columns"
                            label="Columns"
                            mono=true
                            plain=true
                            value=columns
                            placeholder="title year genre"
                            hint="Metadata fields in their order; empty for those most records have."
                        />
                    </div>
                </details>
            </Form>
        </search>
    }
    .into_any()
}

/// Which namespace. One of many is typed, with those there are to choose from.
#[component]
pub fn NamespaceField(namespaces: Vec<Namespace>, #[prop(into)] current: String) -> impl IntoView {
    let kept = conifer_domain::namespaces::kept_name(&current).to_owned();
    let mut options: Vec<(String, String)> = namespaces
        .iter()
        .map(|namespace| {
            (namespace.name.clone(), format!("{} ({})", namespace.label(), count(namespace.records)))
        })
        .collect();
    if !options.iter().any(|(name, _)| *name == kept) {
        let label = Namespace { name: kept.clone(), records: 0 }.label().to_owned();
        options.insert(0, (kept.clone(), label));
    }
    view! { <Select name="namespace" label="Namespace" options selected=kept /> }
}
