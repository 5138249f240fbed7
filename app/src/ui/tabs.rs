use leptos::prelude::*;
use leptos_router::components::A;

/// The pages of one subject, side by side. They are links: each has its address.
#[component]
pub fn Tabs(
    /// What the pages are about, for those who listen.
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {children()}
        </nav>
    }
}

#[component]
pub fn Tab(
    #[prop(into)] href: String,
    /// Current only at exactly this address, not below it.
    #[prop(optional)]
    exact: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <A href=href exact=exact attr:class="tab">
            {children()}
        </A>
    }
}
