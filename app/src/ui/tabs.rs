use super::button::with_reason;
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
    /// Why one may not go there; it then has no address.
    #[prop(default = None)]
    disabled_reason: Option<String>,
    children: Children,
) -> impl IntoView {
    let link = match &disabled_reason {
        None => view! {
            <A href=href exact=exact attr:class="tab">
                {children()}
            </A>
        }
        .into_any(),
        Some(reason) => view! {
            <a class="tab" role="link" tabindex="0" aria-disabled="true" aria-description=reason.clone()>
                {children()}
            </a>
        }
        .into_any(),
    };
    with_reason(disabled_reason, link)
}
