use super::{Glyph, Icon};
use leptos::prelude::*;

/// The ways to see the same list, side by side: each has its address.
#[component]
pub fn ViewSwitch(
    /// Name, picture and address of each.
    views: Vec<(&'static str, Glyph, String)>,
    /// The name of the one that is shown.
    current: &'static str,
) -> impl IntoView {
    let link = |(name, glyph, href): (&'static str, Glyph, String)| {
        view! {
            <a
                class="view-switch-way"
                href=href
                title=name
                aria-label=name
                aria-current=(name == current).then_some("true")
            >
                <Icon glyph />
            </a>
        }
    };
    view! {
        <nav class="view-switch" aria-label="View">
            {views.into_iter().map(link).collect_view()}
        </nav>
    }
    .into_any()
}
