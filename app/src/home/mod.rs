//! The page one lands on: one's organizations and their projects.

use leptos::prelude::*;

#[component]
pub fn HomePage() -> impl IntoView {
    let (count, set_count) = signal(0);
    view! {
        <h1>"Conifer"</h1>
        <button on:click=move |_| set_count.update(|n| *n += 1)>{count}</button>
    }
}
