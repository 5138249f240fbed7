use super::CopyButton;
use leptos::prelude::*;

/// A word of code in a sentence.
#[component]
pub fn Code(children: Children) -> impl IntoView {
    view! { <code class="code">{children()}</code> }
}

/// A key of the keyboard.
#[component]
pub fn Kbd(children: Children) -> impl IntoView {
    view! { <kbd class="kbd">{children()}</kbd> }
}

/// Lines to read exactly or to take away.
#[component]
pub fn CodeBlock(
    #[prop(into)] text: String,
    /// What it is: "Recovery codes".
    #[prop(into)]
    label: String,
    /// Short lines in two columns.
    #[prop(optional)]
    columns: bool,
) -> impl IntoView {
    let copy = format!("Copy {}", label.to_lowercase());
    view! {
        <div class=if columns { "code-block code-columns" } else { "code-block" }>
            // Can be scrolled, so the keyboard must reach it.
            <pre tabindex="0" role="region" aria-label=label>
                {text.clone()}
            </pre>
            <CopyButton text label=copy />
        </div>
    }
    .into_any()
}
