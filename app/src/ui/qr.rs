use leptos::prelude::*;

/// A QR code, drawn by the server.
#[component]
pub fn Qr(
    /// The `<svg>` that our own code made; nothing a person wrote may stand in it as markup.
    #[prop(into)]
    svg: String,
    /// What it is for.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <div class="qr" role="img" aria-label=label inner_html=svg></div> }
}
