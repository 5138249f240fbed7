use leptos::prelude::*;

/// The shape of text that is on its way: the fallback of a `Suspense`.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize) -> impl IntoView {
    let line = |_| view! { <span class="skeleton-line"></span> };
    view! {
        <div class="skeleton" aria-busy="true">
            <span class="visually-hidden">"Loading"</span>
            {(0..lines).map(line).collect_view()}
        </div>
    }
    .into_any()
}

/// The shape of a table that is on its way.
#[component]
pub fn SkeletonTable(#[prop(default = 4)] rows: usize) -> impl IntoView {
    let row = |_| {
        let line = |_| view! { <span class="skeleton-line"></span> };
        view! { <div class="skeleton-row">{(0..4).map(line).collect_view()}</div> }
    };
    view! {
        <div class="skeleton skeleton-table" aria-busy="true">
            <span class="visually-hidden">"Loading"</span>
            {(0..rows).map(row).collect_view()}
        </div>
    }
    .into_any()
}
