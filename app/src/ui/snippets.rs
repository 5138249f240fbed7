use super::CopyButton;
use leptos::prelude::*;

/// The same deed in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    language: &'static str,
    text: String,
}

impl Snippet {
    pub fn python(text: impl Into<String>) -> Self {
        Self { language: "Python", text: text.into() }
    }

    pub fn typescript(text: impl Into<String>) -> Self {
        Self { language: "TypeScript", text: text.into() }
    }

    pub fn go(text: impl Into<String>) -> Self {
        Self { language: "Go", text: text.into() }
    }

    pub fn curl(text: impl Into<String>) -> Self {
        Self { language: "curl", text: text.into() }
    }
}

/// What to write in a program, one language at a time. The browser itself turns the pages, for they are radio
/// buttons; the style sheet shows what is chosen.
#[component]
pub fn Snippets(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What they do: "Connect".
    #[prop(into)]
    label: String,
    /// At most five, in the order of their tabs. They are shown anew when the signal changes.
    #[prop(into)]
    snippets: Signal<Vec<Snippet>>,
) -> impl IntoView {
    let languages: Vec<_> = snippets.with_untracked(|all| all.iter().map(|one| one.language).collect());
    let tab = |(nth, language): (usize, &'static str)| {
        view! {
            <label class="snippet-tab">
                <input
                    class="visually-hidden"
                    type="radio"
                    name=format!("snippet-{id}")
                    value=language
                    checked=nth == 0
                />
                {language}
            </label>
        }
    };
    let tabs = languages.iter().copied().enumerate().map(tab).collect_view();
    let panel = |(nth, language): (usize, &'static str)| {
        let text = Memo::new(move |_| {
            snippets.with(|all| all.get(nth).map(|one| one.text.clone())).unwrap_or_default()
        });
        view! { <SnippetPanel language label=label.clone() text /> }
    };
    let panels = languages.iter().copied().enumerate().map(panel).collect_view();
    view! {
        <div class="snippets">
            <fieldset class="snippet-tabs">
                <legend class="visually-hidden">{label.clone()} ": language"</legend>
                {tabs}
            </fieldset>
            {panels}
        </div>
    }
    .into_any()
}

#[component]
fn SnippetPanel(language: &'static str, label: String, text: Memo<String>) -> impl IntoView {
    let copy = format!("Copy {language}");
    view! {
        <div class="code-block snippet">
            // Can be scrolled, so the keyboard must reach it.
            <pre tabindex="0" role="region" aria-label=format!("{label} in {language}")>
                {text}
            </pre>
            {move || view! { <CopyButton text=text.get() label=copy.clone() /> }}
        </div>
    }
    .into_any()
}
