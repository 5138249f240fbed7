use super::address::{AFTER, without};
use crate::{notice::is_message, ui::*};
use conifer_domain::paging::Cursor;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

/// The way to the next page and back to the first; nothing where one page holds all.
/// The pages between are in the browser's history.
#[component]
pub fn Pager(next: Option<Cursor>) -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let (first, is_first) = use_query_map().with_untracked(|query| {
        let first = without(query, |name| name == AFTER || is_message(name));
        (first, query.get_str(AFTER).is_none_or(str::is_empty))
    });
    if is_first && next.is_none() {
        return ().into_any();
    }
    let to_first = (!is_first).then(|| format!("{path}{}", first.to_query_string()));
    let to_next = next.map(|cursor| {
        let mut query = first;
        query.insert(AFTER, cursor.0);
        format!("{path}{}", query.to_query_string())
    });
    view! {
        <nav class="pager" aria-label="Pages">
            {to_first
                .map(|href| view! { <ButtonLink href icon=Glyph::ArrowLeft>"First page"</ButtonLink> })}
            {match to_next {
                Some(href) => view! { <ButtonLink href attr:rel="next">"Next page"</ButtonLink> }.into_any(),
                None => view! { <p class="muted">"This is the last page."</p> }.into_any(),
            }}
        </nav>
    }
    .into_any()
}
