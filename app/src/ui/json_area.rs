use super::TextArea;
use leptos::prelude::*;
use serde::de::{DeserializeOwned, IgnoredAny};

/// JSON to write, checked while it is typed: what is wrong is told with its line, its column and the text there.
#[component]
pub fn JsonArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] value: String,
    #[prop(default = 6)] rows: u32,
    #[prop(optional, into)] hint: MaybeProp<String>,
    /// What the server said of it; until it is typed into again.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] required: bool,
    /// What else can be wrong, besides not being JSON: [`fault_as`] of the type it must have.
    #[prop(default = fault_as::<IgnoredAny>)]
    check: fn(&str) -> Option<String>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let fault = Signal::derive(move || match typed.get() {
        Some(text) if text.trim().is_empty() => None,
        Some(text) => check(&text),
        None => error.get(),
    });
    // A new answer of the server is newer than what was typed before.
    Effect::new(move |_| {
        if error.get().is_some() {
            typed.set(None);
        }
    });
    let take = Callback::new(move |text: String| {
        if let Some(on_input) = on_input {
            on_input.run(text.clone());
        }
        typed.set(Some(text));
    });
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let placeholder = placeholder.unwrap_or_default();
    view! {
        <TextArea name label id value rows hint error=fault placeholder required mono=true on_input=take />
    }
}

/// What keeps a text from being JSON of this type.
pub fn fault_as<T: DeserializeOwned>(text: &str) -> Option<String> {
    let error = serde_json::from_str::<T>(text).err()?;
    let said = error.to_string();
    // The place is told in our own words.
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    Some(told_at(text, error.line(), error.column(), what))
}

/// What is wrong with a text, with the place and what stands there.
pub fn told_at(text: &str, line: usize, column: usize, what: &str) -> String {
    format!("Line {line}, column {column}: {what}, at {}", excerpt(text, line, column))
}

/// The text around a place, with a mark where it is.
fn excerpt(text: &str, line: usize, column: usize) -> String {
    const AROUND: usize = 12;
    let line: Vec<char> = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().chars().collect();
    let at = column.saturating_sub(1).min(line.len());
    let before: String = line[at.saturating_sub(AROUND)..at].iter().collect();
    let after: String = line[at..(at + AROUND).min(line.len())].iter().collect();
    format!("{before}▸{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let fault = fault_as::<IgnoredAny>;
        assert_eq!(fault(r#"{"a": [1, 2]}"#), None);
        let said = fault("{\n  \"year\": 19x }").unwrap_or_default();
        assert!(said.starts_with("Line 2, column 13: ") && said.ends_with("\"year\": 19▸x }"), "{said}");
        assert!(fault_as::<Vec<f32>>(r#"[1, "a"]"#).is_some());
        assert!(fault("{").is_some_and(|said| said.contains("EOF")));
    }
}
