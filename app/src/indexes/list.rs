//! The indexes of a project, as cards or as a table.

use super::{
    address::of_project,
    cards::IndexCards,
    shown::{IndexList, IndexQuery, IndexSort, ListIndexes},
    table::IndexTable,
};
use crate::{
    chunks::Page,
    list::{ListControls, Pager, use_paging, use_parameter, without},
    loaded::{Loaded, load, when_loaded},
    permitted::why_not,
    projects::use_project_id,
    ui::*,
};
use conifer_domain::permissions::Action;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

pub struct IndexesPage {
    indexes: Loaded<IndexList>,
    search: Memo<String>,
    sort: Memo<IndexSort>,
    view: Memo<String>,
}

impl Page for IndexesPage {
    fn data() -> Self {
        let id = use_project_id();
        let (search, sort, paging) = (use_parameter("search"), use_parameter("sort"), use_paging());
        let sort = Memo::new(move |_| sort.with(|sort| sort.parse().unwrap_or_default()));
        let indexes = load(move || {
            let query = IndexQuery { search: search.get(), sort: sort.get(), paging: paging.get() };
            ListIndexes { id: id.get(), query }
        });
        Self { indexes, search, sort, view: use_parameter("view") }
    }

    fn view(this: Self) -> AnyView {
        when_loaded(this.indexes, move |list| {
            view! { <Indexes list search=this.search sort=this.sort view=this.view /> }
        })
        .into_any()
    }
}

#[component]
fn Indexes(
    list: IndexList,
    search: Memo<String>,
    sort: Memo<IndexSort>,
    view: Memo<String>,
) -> impl IntoView {
    let IndexList { project_id, project_name, access, page } = list;
    let new = format!("/projects/{project_id}/indexes/new");
    let why_not = why_not(Action::CreateIndexes, access);
    let next = page.next;
    let items = StoredValue::new(page.items);
    let is_empty = items.with_value(Vec::is_empty);
    let shown = move || {
        let items = items.get_value();
        if view.with(|view| view == "table") {
            view! { <IndexTable items /> }.into_any()
        } else {
            view! { <IndexCards items /> }.into_any()
        }
    };
    let orders = IndexSort::ALL.map(|sort| (sort.as_str().to_owned(), sort.label().to_owned()));
    let list = match (is_empty, search.get_untracked()) {
        (true, search) if search.is_empty() => {
            view! { <div class="list-none"><NoIndexes new=new.clone() why_not=why_not.clone() /></div> }
                .into_any()
        }
        (true, search) => view! { <NothingFound search /> }.into_any(),
        _ => view! { {shown} <Pager next /> }.into_any(),
    };
    view! {
        <Title text=format!("Indexes · {project_name}") />
        <PageHeader title="Indexes" text="Each holds vectors of one kind, and is searched by them and their metadata.">
            <ButtonLink href=new variant=Variant::Primary icon=Glyph::Plus disabled_reason=why_not>
                "New index"
            </ButtonLink>
        </PageHeader>
        <div>
            <ListControls label="Find indexes">
                <SearchField label="Search by name" value=search />
                <Select
                    name="sort"
                    label="Order"
                    options=orders.to_vec()
                    selected=Signal::derive(move || sort.get().as_str().to_owned())
                />
                <input type="hidden" name="view" value=move || view.get() />
            </ListControls>
            {(!is_empty).then(|| view! { <Views project_id view /> })}
            {list}
        </div>
    }
}

#[component]
fn Views(project_id: String, view: Memo<String>) -> impl IntoView {
    let query = use_query_map();
    move || {
        let href = |view: &str| {
            let mut query = query.with(|query| without(query, |name| name == "view"));
            query.insert("view", view.to_owned());
            format!("/projects/{project_id}/indexes{}", query.to_query_string())
        };
        let views = vec![("Cards", Glyph::Grid, href("cards")), ("Table", Glyph::Rows, href("table"))];
        let current = if view.with(|view| view == "table") { "Table" } else { "Cards" };
        view! {
            <div class="list-views">
                <ViewSwitch views current />
            </div>
        }
    }
}

#[component]
fn NoIndexes(new: String, why_not: Option<String>) -> impl IntoView {
    view! {
        <EmptyState
            icon=Glyph::Layers
            title="No indexes yet"
            text="An index is made for the vectors of one model. Make the first one here, or by an SDK with an API key."
        >
            <ButtonLink href=new variant=Variant::Primary icon=Glyph::Plus disabled_reason=why_not>
                "Make an index"
            </ButtonLink>
        </EmptyState>
    }
}

#[component]
fn NothingFound(search: String) -> impl IntoView {
    let id = use_project_id();
    let all = id.with_untracked(|id| id.parse().map(of_project).unwrap_or_default());
    view! {
        <EmptyState
            icon=Glyph::Search
            title="Nothing found"
            text=format!("No index of this project has “{search}” in its name.")
        >
            <ButtonLink href=all>"Clear the search"</ButtonLink>
        </EmptyState>
    }
}
