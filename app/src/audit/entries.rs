//! The list of entries.

use super::{deeds, search::query};
use crate::{list::Pager, ui::*};
use conifer_domain::{
    audit::{AuditActor, AuditEntry, AuditSearch},
    paging::Page,
};
use leptos::prelude::*;

#[component]
pub fn Entries(
    page: Page<AuditEntry>,
    search: AuditSearch,
    /// The log's own address.
    path: String,
) -> impl IntoView {
    let Page { items, next } = page;
    let actor = (!search.actor.is_empty()).then(
        || view! { <ActorChip first=items.first().cloned() search=search.clone() path=path.clone() /> },
    );
    if items.is_empty() {
        return view! {
            {actor}
            <NoEntries is_filtered=search != AuditSearch::default() path />
        }
        .into_any();
    }
    let row = move |entry| view! { <Entry entry search=search.clone() path=path.clone() /> };
    view! {
        {actor}
        <Table caption="Entries" head=vec!["When", "Who", "What", "On", "From"]>
            {items.into_iter().map(row).collect_view()}
        </Table>
        <Pager next />
    }
    .into_any()
}

#[component]
fn NoEntries(is_filtered: bool, path: String) -> impl IntoView {
    if !is_filtered {
        return view! {
            <EmptyState
                icon=Glyph::Clock
                title="Nothing to show"
                text="The log has no entries here: older ones are deleted when their time is over. \
                 The next change or denial appears at once."
            />
        }
        .into_any();
    }
    view! {
        <EmptyState
            icon=Glyph::Search
            title="Nothing like this happened"
            text="No entry matches. Look for something else or in a longer time."
        >
            <ButtonLink href=path>"Show everything"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

/// Says whose entries these are, and leads back to everybody's.
#[component]
fn ActorChip(first: Option<AuditEntry>, search: AuditSearch, path: String) -> impl IntoView {
    let glyph = first.as_ref().and_then(|entry| deeds::mark(&entry.actor)).unwrap_or(Glyph::User);
    let name = first.map_or_else(|| "one person".to_owned(), |entry| deeds::actor(&entry.actor));
    let everybody = format!("{path}{}", query(&AuditSearch { actor: String::new(), ..search }));
    view! {
        <p class="chip">
            <Icon glyph />
            <span>"Only by " <b>{name}</b></span>
            <a href=everybody>
                <Icon glyph=Glyph::Close />
                <span class="visually-hidden">"Show everybody's"</span>
            </a>
        </p>
    }
}

#[component]
fn Entry(entry: AuditEntry, search: AuditSearch, path: String) -> impl IntoView {
    let (object, place) = deeds::object(&entry);
    let AuditEntry { at_ms, actor, address, .. } = entry.clone();
    view! {
        <tr>
            <Cell label="When">
                <Time at_ms />
            </Cell>
            <Cell label="Who">
                <Actor actor search path />
            </Cell>
            <Cell label="What">
                <Deed entry />
            </Cell>
            <Cell label="On">
                <span class="entry-object">{object}</span>
                {place.map(|place| view! { <span class="cell-sub">{place}</span> })}
            </Cell>
            <Cell label="From">
                {address.map(|address| view! { <span class="mono small">{address}</span> })}
            </Cell>
        </tr>
    }
}

/// A name leads to all they did; what is no person has a mark of its kind.
#[component]
fn Actor(actor: AuditActor, search: AuditSearch, path: String) -> impl IntoView {
    let name = deeds::actor(&actor);
    let Some(id) = actor.id else {
        return view! { <span class="muted">{name}</span> }.into_any();
    };
    let theirs = format!("{path}{}", query(&AuditSearch { actor: id.to_string(), ..search }));
    let mark = deeds::mark(&actor);
    view! {
        <span class="entry-actor">
            {mark.map(|glyph| view! { <Icon glyph /> })}
            <a href=theirs title=format!("Show only what {name} did")>
                {name.clone()}
            </a>
        </span>
        {actor.email.map(|email| view! { <span class="cell-sub">{email}</span> })}
    }
    .into_any()
}

/// What was done; opened, all that is known of it.
#[component]
fn Deed(entry: AuditEntry) -> impl IntoView {
    let denied = deeds::denied(&entry).map(|action| {
        view! {
            <Badge kind=Kind::Danger>"Denied"</Badge>
            <span class="cell-sub">"to " {action.to_owned()}</span>
        }
    });
    let said = match denied {
        Some(denied) => denied.into_any(),
        None => deeds::words(&entry.action).to_owned().into_any(),
    };
    let change = deeds::change(&entry);
    let request_id = entry.request_id.clone();
    let at_ms = entry.at_ms;
    let json = serde_json::to_string_pretty(&entry).unwrap_or_default();
    view! {
        <details class="entry">
            <summary>
                <span>
                    {said} {change.map(|change| view! { <span class="cell-sub">{change}</span> })}
                </span>
            </summary>
            <div class="entry-more">
                <Facts>
                    <Fact term="Time">
                        <Time at_ms exact=true />
                    </Fact>
                    {request_id
                        .map(|id| {
                            view! {
                                <Fact term="Request">
                                    <Code>{id}</Code>
                                </Fact>
                            }
                        })}
                </Facts>
                <CodeBlock text=json label="Entry" />
            </div>
        </details>
    }
}
