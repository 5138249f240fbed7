//! Trying queries: what is found, how, and whether anything was missed. What is looked for stands in the address, so
//! that a link shows the same.

use super::{address::use_search, form::SearchForm, functions::SearchRecords, results::Results, ways::Ways};
use crate::{
    chunks::Page,
    indexes::{Addressed, IndexHeader, ShownIndex, load_index, use_ids},
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    permitted::why_not,
    records::ListNamespaces,
    ui::*,
};
use conifer_domain::{
    namespaces::Namespace,
    permissions::Action,
    records::{Found, Search},
};
use leptos::prelude::*;

pub struct PlaygroundPage {
    index: Loaded<ShownIndex>,
    namespaces: Loaded<Vec<Namespace>>,
    found: Loaded<Option<Found>>,
    asked: Memo<Search>,
}

impl Page for PlaygroundPage {
    fn data() -> Self {
        let ids = use_ids();
        let id = move || ids.with(|(_, id)| id.clone());
        let asked = use_search("");
        Self {
            index: load_index(),
            namespaces: load(move || ListNamespaces { id: id() }),
            found: load(move || SearchRecords { id: id(), query: asked.get() }),
            asked,
        }
    }

    fn view(this: Self) -> AnyView {
        let Self { index, namespaces, found, asked } = this;
        when_loaded(index, move |shown| view! { <Playground shown namespaces found asked /> }).into_any()
    }
}

#[component]
fn Playground(
    shown: ShownIndex,
    namespaces: Loaded<Vec<Namespace>>,
    found: Loaded<Option<Found>>,
    asked: Memo<Search>,
) -> impl IntoView {
    let index = StoredValue::new(shown.clone());
    let (of_form, of_results) = (shown.index.clone(), shown.index.address());
    view! {
        <IndexHeader shown page="Playground" />
        <Ways place=of_results />
        <div class="playground">
            <div class="playground-ask">
                {when_loaded_below_title(
                    namespaces,
                    move |namespaces| {
                        view! { <SearchForm namespaces asked=asked.get_untracked() index=of_form.clone() /> }
                    },
                )}
            </div>
            <div class="playground-answer">
                {when_loaded_below_title(
                    found,
                    move |found| match found {
                        Some(found) => {
                            let (host, access) = index.with_value(|shown| (shown.host.clone(), shown.access));
                            let why_not_delete = why_not(Action::DeleteAVector, access);
                            view! { <Results found asked=asked.get_untracked() place=of_results host why_not_delete /> }.into_any()
                        }
                        None => view! { <NothingAsked /> }.into_any(),
                    },
                )}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn NothingAsked() -> impl IntoView {
    view! {
        <EmptyState
            icon=Glyph::Sparkle
            title="Ask something"
            text="By a record, a vector or at random. Beside what is found stands what looking at every record finds."
        />
    }
}
