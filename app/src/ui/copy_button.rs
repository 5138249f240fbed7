use super::{Glyph, Icon};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Reflect;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Failed,
}

/// Puts a text on the clipboard and says whether that went well.
#[component]
pub fn CopyButton(
    #[prop(into)] text: String,
    /// What is copied: "Copy key".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let state = RwSignal::new(Copied::NotYet);
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            state.set(if write_clipboard(&text).await { Copied::Done } else { Copied::Failed });
            // The button may be gone by then, and its state with it.
            set_timeout(move || _ = state.try_set(Copied::NotYet), Duration::from_millis(2500));
        });
    };
    let glyph = move || match state.get() {
        Copied::NotYet => Glyph::Copy,
        Copied::Done => Glyph::Check,
        Copied::Failed => Glyph::Alert,
    };
    let said = move || match state.get() {
        Copied::NotYet => "",
        Copied::Done => "Copied",
        Copied::Failed => "The browser refused. Select and copy by hand.",
    };
    view! {
        <span class="copy needs-script">
            <span class="copy-said" role="status">
                {said}
            </span>
            <button
                type="button"
                class="button button-ghost button-small button-icon"
                aria-label=label.clone()
                title=label
                on:click=copy
            >
                {move || view! { <Icon glyph=glyph() /> }}
            </button>
        </span>
    }
    .into_any()
}

/// False where the browser has no clipboard for this page (plain HTTP from another machine) or refuses.
async fn write_clipboard(text: &str) -> bool {
    let navigator = window().navigator();
    let has_clipboard = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
