use super::{form::SaveCard, outcome::Summary, table::SavedTable};
use crate::{
    chunks::Page,
    indexes::{Addressed, IndexAddress, IndexHeader, ShownIndex, load_index, use_ids},
    list::use_parameter,
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    permitted::why_not,
    playground::{
        address::{told, use_search, with_searches},
        functions::{ListQueries, Queries, SearchRecords},
        ways::Ways,
    },
    ui::*,
};
use conifer_domain::{
    permissions::Action,
    playground::SavedQuery,
    records::{By, Found, Search},
};
use leptos::prelude::*;

pub struct QueriesPage {
    index: Loaded<ShownIndex>,
    queries: Loaded<Queries>,
    /// What a query that is to be saved finds now.
    found: Loaded<Option<Found>>,
    asked: Memo<Search>,
    change: Memo<String>,
}

impl Page for QueriesPage {
    fn data() -> Self {
        let ids = use_ids();
        let id = move || ids.with(|(_, id)| id.clone());
        let run = use_parameter("run");
        let asked = use_search("");
        // A random query finds something else each time: there is nothing to expect of it.
        let wanted = move || Some(asked.get()).filter(|asked| asked.by != By::Random).unwrap_or_default();
        Self {
            index: load_index(),
            queries: load(move || ListQueries { id: id(), run: run.with(|run| run == "tests") }),
            found: load(move || SearchRecords { id: id(), query: wanted() }),
            asked,
            change: use_parameter("change"),
        }
    }

    fn view(this: Self) -> AnyView {
        let Self { index, queries, found, asked, change } = this;
        when_loaded(index, move |shown| {
            let place = shown.index.address();
            let (head, of_form) = (shown.clone(), shown.clone());
            view! {
                <IndexHeader shown=head page="Saved queries" />
                <Ways place />
                {when_loaded_below_title(
                    found,
                    move |found| {
                        let asked = asked.get_untracked();
                        let shown = of_form.clone();
                        asked.is_asked().then(|| view! { <SaveCard shown asked found /> })
                    },
                )}
                {when_loaded_below_title(
                    queries,
                    move |queries| view! { <Shown queries shown=shown.clone() change=change.get_untracked() /> },
                )}
            }
        })
        .into_any()
    }
}

#[component]
fn Shown(queries: Queries, shown: ShownIndex, change: String) -> impl IntoView {
    let Queries { saved, recent, tested } = queries;
    let place = shown.index.address();
    let changed: Option<SavedQuery> = saved.iter().find(|query| query.id.to_string() == change).cloned();
    let tests = saved.iter().filter(|query| !query.expected.is_empty()).count();
    let queries = if saved.len() == 1 { "query" } else { "queries" };
    let sum = format!("{} saved {queries}, {} of them tests", saved.len(), tests);
    let list = match saved.is_empty() {
        true => view! {
            <EmptyState
                icon=Glyph::Book
                title="No saved queries yet"
                text="Run a query, then save it with the records it must find: from then on it is a test of this index."
            />
        }
        .into_any(),
        false => view! {
            <div class="spread">
                <p class="muted">{sum}</p>
                <ButtonLink
                    href=format!("{}?run=tests", place.page("playground/queries"))
                    variant=Variant::Primary
                    icon=Glyph::Play
                    disabled_reason=(tests == 0).then(|| "No saved query says what it must find.".to_owned())
                >
                    "Run all tests"
                </ButtonLink>
            </div>
            {(!tested.is_empty()).then(|| view! { <Summary tested=tested.clone() /> })}
            <SavedTable saved tested place why_not=why_not(Action::SaveQueries, shown.access) />
        }
        .into_any(),
    };
    view! {
        {changed.map(|query| view! { <super::form::ChangeCard shown query /> })}
        {list}
        <Recent recent place />
    }
    .into_any()
}

#[component]
fn Recent(recent: Vec<Search>, place: IndexAddress) -> impl IntoView {
    let line = move |search: Search| {
        let namespace = conifer_domain::namespaces::Namespace { name: search.namespace.clone(), records: 0 };
        view! {
            <li class="query-told">
                <a href=with_searches(&place.page("playground"), &[("", &search)])>{told(&search)}</a>
                <span class="muted small">" in " {namespace.label().to_owned()}</span>
            </li>
        }
    };
    (!recent.is_empty()).then(|| {
        view! {
            <Card title="Your last queries" text="Only you see them.">
                <ul class="stack-tight">{recent.into_iter().map(line).collect_view()}</ul>
            </Card>
        }
    })
}
