use super::Kind;
use leptos::prelude::*;

/// A word or two about a thing: its state, its role.
#[component]
pub fn Badge(#[prop(optional)] kind: Kind, children: Children) -> impl IntoView {
    view! { <span class=format!("badge badge-{}", kind.as_str())>{children()}</span> }
}
