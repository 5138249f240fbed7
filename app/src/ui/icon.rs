use super::Glyph;
use leptos::prelude::*;

/// A small drawing beside words that say the same; hidden from those who listen.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=glyph.drawing()></svg> }
}

/// The mark: a fir of two facets.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
            <path class="logo-sun" d="M12 1.5 7.4 8.3h1.8L5.3 14.2h2L2.9 20.5H12Z" />
            <path class="logo-shade" d="M12 1.5l4.6 6.8h-1.8l3.9 5.9h-2l4.4 6.3H12Z" />
            <path class="logo-trunk" d="M10.8 20.5h2.4v3h-2.4z" />
        </svg>
    }
    .into_any()
}

/// The mark and the name; links to the first page.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! {
        <a class="wordmark" href="/">
            <Logo />
            "Conifer"
        </a>
    }
    .into_any()
}
