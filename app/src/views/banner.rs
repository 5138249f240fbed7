use super::functions::EndView;
use crate::ui::*;
use conifer_domain::views::Viewed;
use leptos::prelude::*;
use server_fn::ServerFn;

/// On every page, for as long as it is not one's own view: whose it is, and the way out.
///
/// A plain form: what follows is another console, of which nothing that is loaded may stay.
#[component]
pub fn ViewBanner(viewed: Viewed) -> impl IntoView {
    let Viewed { name, is_key, place } = viewed;
    let whose = if is_key { "the API key " } else { "" };
    view! {
        <section class="viewing" aria-label="View as">
            <Icon glyph=Glyph::Eye />
            <p>
                "You see " {place} " as " {whose} <strong>{name}</strong> " would. Nothing can be changed."
            </p>
            <form action=EndView::PATH method="post">
                <button type="submit" class="button button-small">
                    "Stop viewing"
                </button>
            </form>
        </section>
    }
    .into_any()
}
