use leptos::prelude::*;

/// How far long work is. Without a share it only says that something is going on.
#[component]
pub fn Progress(
    /// What is going on, for those who listen.
    #[prop(into)]
    label: String,
    /// From 0 to 1.
    #[prop(into)]
    share: Signal<Option<f64>>,
) -> impl IntoView {
    view! {
        <progress
            class="progress"
            aria-label=label
            max="1"
            value=move || share.get().map(|share| share.clamp(0.0, 1.0).to_string())
        ></progress>
    }
}

/// A number as a part of the largest beside it, drawn.
#[component]
pub fn ShareBar(
    /// From 0 to 1.
    share: f64,
) -> impl IntoView {
    let width = (share.clamp(0.0, 1.0) * 100.0).to_string();
    view! {
        <svg class="share-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="share-bar-ground" width="100" height="4" />
            <rect class="share-bar-part" width=width height="4" />
        </svg>
    }
}
