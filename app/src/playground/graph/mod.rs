//! Records and their nearest neighbours, to walk from one to the next.

mod layout;

use super::functions::Neighbours;
use crate::{
    Failure, answer,
    calls::{encoded, post},
    indexes::IndexAddress,
    records::record_address,
    ui::*,
};
use conifer_domain::{Problem, records::Match};
use layout::{Graph, HEIGHT, WIDTH};
use leptos::{ev, prelude::*, task::spawn_local};
use server_fn::ServerFn;
use std::{collections::BTreeMap, fmt::Write};

/// Longer ids are shown by their ends.
const LABEL_LENGTH_MAX_CHARS: usize = 14;

/// What came of asking for the neighbours of a record.
#[derive(Clone)]
enum Heard {
    /// Nothing yet.
    Asked,
    Of(Vec<Match>),
    /// It is asked again by going there.
    Failed(Failure),
}

#[derive(Clone, Copy)]
struct Walk {
    place: IndexAddress,
    namespace: StoredValue<String>,
    graph: RwSignal<Graph>,
    /// Of each record that was gone to.
    heard: RwSignal<BTreeMap<String, Heard>>,
    at: RwSignal<usize>,
    said: RwSignal<String>,
}

#[component]
pub fn GraphCard(place: IndexAddress, namespace: String, record: String) -> impl IntoView {
    let walk = Walk {
        place,
        namespace: StoredValue::new(namespace),
        graph: RwSignal::new(Graph::of(record)),
        heard: RwSignal::default(),
        at: RwSignal::new(0),
        said: RwSignal::default(),
    };
    walk.go(0);
    let lines = move || {
        let mut path = String::new();
        walk.graph.with(|graph| {
            for (one, other) in graph.lines() {
                _ = write!(path, "M{:.1} {:.1}L{:.1} {:.1}", one.x, one.y, other.x, other.y);
            }
        });
        path
    };
    let count = Memo::new(move |_| walk.graph.with(|graph| graph.nodes.len()));
    view! {
        <Card
            title="Neighbours"
            text="Each line leads to one of the nearest records. Choose one to see where it leads."
        >
            <svg class="graph" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="group" aria-label="Records and their neighbours">
                <path class="graph-lines" d=lines />
                <For each=move || 0..count.get() key=|nth| *nth let:nth>
                    <Record walk nth />
                </For>
            </svg>
            <p class="visually-hidden" role="status">
                {move || walk.said.get()}
            </p>
            {move || {
                let id = walk.id(walk.at.get()).unwrap_or_default();
                let heard = walk.heard.with(|heard| heard.get(&id).cloned()).unwrap_or(Heard::Asked);
                view! { <Chosen walk id heard /> }
            }}
        </Card>
    }
    .into_any()
}

impl Walk {
    fn id(self, nth: usize) -> Option<String> {
        self.graph.with_untracked(|graph| graph.nodes.get(nth).map(|node| node.id.clone()))
    }

    /// To a record; its neighbours are asked for unless they are known or on their way.
    fn go(self, nth: usize) {
        self.at.set(nth);
        let Some(record_id) = self.id(nth) else { return };
        let known = self.heard.with_untracked(|heard| heard.get(&record_id).cloned());
        if matches!(known, Some(Heard::Asked | Heard::Of(_))) {
            return;
        }
        self.note(&record_id, Heard::Asked);
        let (id, namespace) = (self.place.index.to_string(), self.namespace.get_value());
        let question = encoded(&Neighbours { id, namespace, record_id: record_id.clone() });
        spawn_local(async move {
            let found = post(Neighbours::PATH, question)
                .await
                .and_then(|text| answer::read(text.as_bytes()).map_err(|_| Failure(Problem::Unexpected)));
            match found {
                Ok(found) => self.hear(nth, &record_id, found),
                // The card says it aloud.
                Err(failure) => self.note(&record_id, Heard::Failed(failure)),
            }
        });
    }

    /// The page may be another by now.
    fn note(self, id: &str, heard: Heard) {
        _ = self.heard.try_update(|all| all.insert(id.to_owned(), heard));
    }

    fn hear(self, nth: usize, id: &str, found: Vec<Match>) {
        let ids: Vec<String> = found.iter().map(|found| found.id.clone()).collect();
        let left_out = self.graph.try_update(|graph| graph.open(nth, &ids)).unwrap_or(0);
        let full = if left_out > 0 { " The picture is full." } else { "" };
        let said = format!("{id} has {}.{full}", counted(ids.len() as u64, "neighbour"));
        _ = self.said.try_set(said);
        self.note(id, Heard::Of(found));
    }
}

#[component]
fn Record(walk: Walk, nth: usize) -> impl IntoView {
    let id = walk.id(nth).unwrap_or_default();
    let of_node = move |told: fn(&layout::Node) -> String| {
        move || walk.graph.with(|graph| graph.nodes.get(nth).map(told).unwrap_or_default())
    };
    let pressed = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            walk.go(nth);
        }
    };
    view! {
        <g
            class="graph-dot"
            class:graph-open=move || walk.graph.with(|graph| graph.nodes.get(nth).is_some_and(|node| node.is_open))
            transform=of_node(|node| format!("translate({:.1} {:.1})", node.x, node.y))
            role="button"
            tabindex="0"
            aria-label=id.clone()
            aria-pressed=move || (walk.at.get() == nth).to_string()
            on:click=move |_| walk.go(nth)
            on:keydown=pressed
        >
            <circle r="9" />
            <text y="22" text-anchor="middle" aria-hidden="true">
                {short(&id)}
            </text>
        </g>
    }
    .into_any()
}

/// The record one is at, and its neighbours as a list.
#[component]
fn Chosen(walk: Walk, id: String, heard: Heard) -> impl IntoView {
    let one = walk.place.page("record");
    let namespace = walk.namespace.get_value();
    let href = move |id: &str| record_address(&one, &namespace, id);
    let line = |found: Match| {
        let href = href(&found.id);
        view! {
            <li>
                <a class="mono record-id" href=href>
                    {found.id}
                </a>
                " "
                <span class="muted">{number(found.score.into())}</span>
            </li>
        }
    };
    let list = match heard {
        Heard::Asked => view! { <p class="muted">"Looking for its neighbours."</p> }.into_any(),
        Heard::Failed(failure) => view! { <Failed walk failure /> }.into_any(),
        Heard::Of(found) if found.is_empty() => {
            view! { <p class="muted">"It has no neighbours."</p> }.into_any()
        }
        Heard::Of(found) => {
            view! { <ol class="graph-list">{found.into_iter().map(line).collect_view()}</ol> }.into_any()
        }
    };
    view! {
        <p>
            "Nearest to " <a class="mono strong record-id" href=href(&id)>
                {id.clone()}
            </a>
        </p>
        {list}
    }
    .into_any()
}

#[component]
fn Failed(walk: Walk, failure: Failure) -> impl IntoView {
    let again = move |_| walk.go(walk.at.get_untracked());
    view! {
        <Alert kind=Kind::Danger title="Its neighbours cannot be shown" role="alert">
            {failure.to_string()}
        </Alert>
        <Button size=Size::Small on_click=again>
            "Try again"
        </Button>
    }
    .into_any()
}

fn short(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    if chars.len() <= LABEL_LENGTH_MAX_CHARS {
        return id.to_owned();
    }
    let (begin, end) = (&chars[..6], &chars[chars.len() - 7..]);
    format!("{}…{}", begin.iter().collect::<String>(), end.iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn long_ids_keep_both_ends() {
        assert_eq!(short("film-00001"), "film-00001");
        assert_eq!(short("documents/2024/é-7#chunk-12"), "docume…hunk-12");
    }
}
