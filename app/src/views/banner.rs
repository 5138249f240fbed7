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
    let told = match viewed {
        Viewed::Through { name, is_key, place } => {
            let whose = if is_key { "the API key " } else { "" };
            let seen = view! {
                "You see " {place} " as " {whose} <strong>{name}</strong> " would. Nothing can be changed."
            };
            seen.into_any()
        }
        Viewed::Over => {
            let over = "This view has ended: you may not see what was shown any more, or whose view it was is gone. \
                        Nothing is shown or changed until you stop viewing.";
            over.into_any()
        }
    };
    view! {
        <section class="viewing" aria-label="View as">
            <Icon glyph=Glyph::Eye />
            <p>{told}</p>
            <form action=EndView::PATH method="post">
                <button type="submit" class="button button-small">
                    "Stop viewing"
                </button>
            </form>
        </section>
    }
    .into_any()
}
