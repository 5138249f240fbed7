use super::frame::FieldFrame;
use leptos::prelude::*;

/// A day to look from or until; it may stay empty. What it holds follows the address of the page.
#[component]
pub fn DayField(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// As 2026-11-20.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let id = format!("field-{name}");
    view! {
        <FieldFrame id=id.clone() label hint=MaybeProp::default() error=MaybeProp::default() required=true>
            <input class="input" id=id name=name type="date" value=value.clone() prop:value=value />
        </FieldFrame>
    }
}
