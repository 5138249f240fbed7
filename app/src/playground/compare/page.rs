use super::{form::CompareForm, table::Sides};
use crate::{
    chunks::Page,
    indexes::{Addressed, IndexHeader, IndexList, IndexQuery, ListIndexes, ShownIndex, load_index, use_ids},
    list::use_parameter,
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    playground::{
        address::use_search,
        functions::{Answers, CompareQueries},
        ways::Ways,
    },
    ui::*,
};
use conifer_domain::{limits::PAGE_LENGTH_MAX, paging::Paging, records::Search};
use leptos::prelude::*;

pub struct ComparePage {
    index: Loaded<ShownIndex>,
    indexes: Loaded<IndexList>,
    answers: Loaded<Option<Answers>>,
    left: Memo<Search>,
    right: Memo<Search>,
    other: Memo<String>,
}

impl Page for ComparePage {
    fn data() -> Self {
        let ids = use_ids();
        let (left, right, other) = (use_search(""), use_search("b_"), use_parameter("b_index"));
        let indexes = load(move || {
            let paging = Paging { after: None, limit: Some(PAGE_LENGTH_MAX) };
            ListIndexes {
                id: ids.with(|(project, _)| project.clone()),
                query: IndexQuery { paging, ..IndexQuery::default() },
            }
        });
        let answers = load(move || CompareQueries {
            id: ids.with(|(_, id)| id.clone()),
            query: left.get(),
            other_id: other.get(),
            other: right.get(),
        });
        Self { index: load_index(), indexes, answers, left, right, other }
    }

    fn view(this: Self) -> AnyView {
        let Self { index, indexes, answers, left, right, other } = this;
        when_loaded(index, move |shown| {
            let (place, own) = (shown.index.address(), shown.index.clone());
            view! {
                <IndexHeader shown page="Compare" />
                <Ways place />
                {when_loaded_below_title(
                    indexes,
                    move |list| {
                        let (left, right) = (left.get_untracked(), right.get_untracked());
                        view! { <CompareForm own=own.clone() list left right other=other.get_untracked() /> }
                    },
                )}
                {when_loaded_below_title(
                    answers,
                    move |answers| match answers {
                        Some(answers) => view! { <Sides answers /> }.into_any(),
                        None => view! { <NothingAsked /> }.into_any(),
                    },
                )}
            }
        })
        .into_any()
    }
}

#[component]
fn NothingAsked() -> impl IntoView {
    view! {
        <EmptyState
            icon=Glyph::Rows
            title="Two questions, one table"
            text="Ask twice, here or in another index: which records moved, which only one of the answers has."
        />
    }
}
