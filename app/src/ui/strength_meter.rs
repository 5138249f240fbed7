use leptos::prelude::*;

/// How hard a password is to guess, while it is typed.
#[component]
pub fn StrengthMeter(
    /// 0 to 4, none while nothing is typed.
    #[prop(into)]
    score: Signal<Option<u8>>,
    /// What the score means, and how to do better.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="strength" data-score=move || score.get().map(|score| score.to_string())>
            <div class="strength-bars" aria-hidden="true">
                <span class="strength-bar"></span>
                <span class="strength-bar"></span>
                <span class="strength-bar"></span>
                <span class="strength-bar"></span>
            </div>
            // Stands from the start, empty, so that changes are read aloud.
            <p class="strength-text" role="status">
                {move || if score.get().is_some() { text.get() } else { String::new() }}
            </p>
        </div>
    }
    .into_any()
}
