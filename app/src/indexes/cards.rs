//! Indexes as cards.

use super::{
    header::{Addressed, StateBadge, Traits},
    shown::{Held, ShownIndex},
};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn IndexCards(items: Vec<ShownIndex>) -> impl IntoView {
    view! {
        <ul class="index-cards" aria-label="Indexes">
            {items.into_iter().map(|shown| view! { <IndexCard shown /> }).collect_view()}
        </ul>
    }
}

#[component]
fn IndexCard(shown: ShownIndex) -> impl IntoView {
    let ShownIndex { index, host, held, .. } = shown;
    let tags =
        index.tags.iter().map(|(key, value)| view! { <Tag key=key.to_owned() value=value.to_owned() /> });
    let tags = tags.collect_view();
    let copy = format!("Copy the host of {}", index.name);
    view! {
        <li class="card index-card">
            <div class="spread">
                <h2 class="index-card-name">
                    <a href=index.address().to_string()>{index.name.clone()}</a>
                </h2>
                <StateBadge state=index.state />
            </div>
            <p class="cluster">
                <Traits index=index.clone() />
                {tags}
            </p>
            <Held held />
            <div class="index-card-foot">
                <Id id=host label=copy />
                <span class="faint small">
                    <Time at_ms=index.created_at_ms />
                </span>
            </div>
        </li>
    }
    .into_any()
}

#[component]
pub fn Tag(key: String, value: String) -> impl IntoView {
    view! { <span class="tag"><span class="tag-key">{key}</span>{value}</span> }
}

#[component]
fn Held(held: Option<Held>) -> impl IntoView {
    let Some(held) = held else {
        return view! { <p class="muted">"How much it holds is known where it runs."</p> }.into_any();
    };
    let fact = |number: String, word: &'static str| {
        view! {
            <div class="index-number">
                <dd>{number}</dd>
                <dt>{word}</dt>
            </div>
        }
    };
    view! {
        <dl class="index-numbers">
            {fact(count(held.records), if held.records == 1 { "record" } else { "records" })}
            {fact(count(held.namespaces), if held.namespaces == 1 { "namespace" } else { "namespaces" })}
            {fact(bytes(held.disk_bytes), "on disk")}
        </dl>
    }
    .into_any()
}
