//! The records of a namespace, page by page in the order of their ids.

use super::{
    export::ExportRecords,
    find::FindRecords,
    functions::{BrowseRecords, ListNamespaces, address},
    table::RecordTable,
};
use crate::{
    chunks::Page,
    indexes::{Addressed, IndexHeader, ShownIndex, load_index, use_ids},
    list::use_parameter,
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    permitted::why_not,
    ui::*,
};
use conifer_domain::{
    namespaces::Namespace,
    permissions::Action,
    records::{Browse, Browsed},
};
use leptos::prelude::*;

pub struct RecordsPage {
    index: Loaded<ShownIndex>,
    namespaces: Loaded<Vec<Namespace>>,
    records: Loaded<Browsed>,
    asked: Memo<Browse>,
    columns: Memo<String>,
}

impl Page for RecordsPage {
    fn data() -> Self {
        let ids = use_ids();
        let id = move || ids.with(|(_, id)| id.clone());
        let [namespace, prefix, filter, ids_asked, after, length] =
            ["namespace", "prefix", "filter", "ids", "after", "length"].map(use_parameter);
        let asked = Memo::new(move |_| Browse {
            namespace: namespace.get(),
            prefix: prefix.get(),
            filter: filter.get(),
            ids: ids_asked.get(),
            after: after.get(),
            length: length.with(|length| length.parse().unwrap_or_default()),
        });
        Self {
            index: load_index(),
            namespaces: load(move || ListNamespaces { id: id() }),
            records: load(move || BrowseRecords { id: id(), query: asked.get() }),
            asked,
            columns: use_parameter("columns"),
        }
    }

    fn view(this: Self) -> AnyView {
        let Self { index, namespaces, records, asked, columns } = this;
        when_loaded(index, move |shown| {
            view! { <Records shown namespaces records asked columns /> }
        })
        .into_any()
    }
}

#[component]
fn Records(
    shown: ShownIndex,
    namespaces: Loaded<Vec<Namespace>>,
    records: Loaded<Browsed>,
    asked: Memo<Browse>,
    columns: Memo<String>,
) -> impl IntoView {
    let place = shown.index.address();
    let access = shown.access;
    let index_id = shown.index.id.to_string();
    let why_not_add = why_not(Action::UpsertVectors, access);
    let add = move || {
        let href = asked
            .with(|asked| super::functions::with_namespace(&place.page("records/new"), &asked.namespace));
        view! {
            <ButtonLink href variant=Variant::Primary icon=Glyph::Plus disabled_reason=why_not_add.clone()>
                "Add records"
            </ButtonLink>
        }
    };
    view! {
        <IndexHeader shown page="Records" />
        <div class="records">
            {when_loaded_below_title(
                namespaces,
                move |namespaces| view! { <FindRecords namespaces asked=asked.get_untracked() columns=columns.get_untracked() /> },
            )}
            {when_loaded_below_title(
                records,
                move |found| {
                    let add = add.clone();
                    let asked = asked.get_untracked();
                    view! {
                        <Found
                            found
                            asked
                            columns=columns.get_untracked()
                            path=place.page("records")
                            export=place.page("records/export")
                            one=place.page("record")
                            index_id=index_id.clone()
                            why_not_delete=why_not(Action::DeleteAVector, access)
                            add=add().into_any()
                        />
                    }
                },
            )}
        </div>
    }
    .into_any()
}

#[component]
fn Found(
    found: Browsed,
    asked: Browse,
    columns: String,
    /// Where these records are, and where one of them is.
    path: String,
    one: String,
    /// Where they are had as a file.
    export: String,
    index_id: String,
    why_not_delete: Option<String>,
    add: AnyView,
) -> impl IntoView {
    if let Some(sentence) = found.refused {
        return view! {
            <Alert kind=Kind::Danger role="alert" title="This filter cannot be understood">
                {sentence}
            </Alert>
        }
        .into_any();
    }
    let all = super::functions::with_namespace(&path, &asked.namespace);
    let is_narrowed = !asked.prefix.is_empty() || !asked.filter.is_empty() || !asked.ids.is_empty();
    if found.records.is_empty() && asked.after.is_empty() {
        return match is_narrowed {
            true => view! {
                <EmptyState
                    icon=Glyph::Search
                    title="No record like this"
                    text="No record of this namespace has such an ID and passes the filter."
                >
                    <ButtonLink href=all>"Show all records"</ButtonLink>
                </EmptyState>
            }
            .into_any(),
            false => view! {
                <EmptyState
                    icon=Glyph::Layers
                    title="No records here yet"
                    text="Paste a few to try it out, or write them by an SDK: the first page of the index says how."
                >
                    {add}
                </EmptyState>
            }
            .into_any(),
        };
    }
    let word = if is_narrowed { "that match" } else { "in this namespace" };
    let lint = super::functions::with_namespace(&path.replace("/records", "/lint"), &asked.namespace);
    let next = found.next.as_ref().map(|next| turned(&path, &asked, &columns, next));
    let first = (!asked.after.is_empty()).then(|| turned(&path, &asked, &columns, ""));
    view! {
        <div class="spread records-head">
            <p class="muted">
                <strong class="strong">{count(found.count)}</strong>
                {if found.count == 1 { " record " } else { " records " }}
                {word}
            </p>
            {add}
        </div>
        <RecordTable records=found.records columns namespace=asked.namespace.clone() one index_id why_not_delete />
        <nav class="pager" aria-label="Pages">
            {first.map(|href| view! { <ButtonLink href icon=Glyph::ArrowLeft>"First page"</ButtonLink> })}
            {match next {
                Some(href) => view! { <ButtonLink href attr:rel="next">"Next page"</ButtonLink> }.into_any(),
                None => view! { <p class="muted">"This is the last page."</p> }.into_any(),
            }}
        </nav>
        <p>
            <a href=lint>"Vector lint"</a>
            <span class="muted">" looks for what may be wrong with the vectors and metadata of this namespace."</span>
        </p>
        {asked.ids.is_empty().then(|| view! { <ExportRecords action=export asked /> })}
    }
    .into_any()
}

/// The same list from another id on.
fn turned(path: &str, asked: &Browse, columns: &str, after: &str) -> String {
    let length = asked.length().to_string();
    let Browse { namespace, prefix, filter, .. } = asked;
    address(
        path,
        &[
            ("namespace", namespace),
            ("prefix", prefix),
            ("filter", filter),
            ("length", &length),
            ("columns", columns),
            ("after", after),
        ],
    )
}
