use super::{Glyph, Icon};
use leptos::prelude::*;

/// Nothing here yet: why, and what to do next (the children).
#[component]
pub fn EmptyState(
    icon: Glyph,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon">
                <Icon glyph=icon />
            </span>
            <p class="empty-title">{title}</p>
            <p class="empty-text">{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
    .into_any()
}
