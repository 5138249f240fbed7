use super::frame::FieldFrame;
use leptos::prelude::*;

/// Where a part of a name or an address is typed to look for it. Sent as `search`.
#[component]
pub fn SearchField(#[prop(into)] label: String, #[prop(into)] value: String) -> impl IntoView {
    view! {
        <FieldFrame id="search".to_owned() label hint=MaybeProp::default() error=MaybeProp::default() required=true>
            <input
                class="input"
                id="search"
                name="search"
                type="search"
                value=value
                maxlength="200"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
            />
        </FieldFrame>
    }
}
