use super::frame::FieldFrame;
use leptos::prelude::*;

/// Where a part of a name or an address is typed to look for it. Sent as `search`. It shows what the list is
/// searched for also after going back.
#[component]
pub fn SearchField(#[prop(into)] label: String, #[prop(into)] value: Signal<String>) -> impl IntoView {
    view! {
        <FieldFrame id="search".to_owned() label hint=MaybeProp::default() error=MaybeProp::default() required=true>
            <input
                class="input"
                id="search"
                name="search"
                type="search"
                value=move || value.get()
                prop:value=move || value.get()
                maxlength="200"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
        </FieldFrame>
    }
}
