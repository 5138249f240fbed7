use super::CopyButton;
use leptos::prelude::*;

/// The id of a thing, to be read or copied.
#[component]
pub fn Id(
    #[prop(into)] id: String,
    /// What is copied: "Copy project ID".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let shown = id.clone();
    view! {
        <span class="id">
            <span class="mono">{shown}</span>
            <CopyButton text=id label />
        </span>
    }
}
