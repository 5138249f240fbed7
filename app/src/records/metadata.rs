//! Metadata to edit: JSON that is checked while it is typed, and beside it what a save would change.

use crate::ui::*;
use conifer_domain::records::Metadata;
use leptos::prelude::*;
use serde_json::Value;

#[component]
pub fn MetadataForm(
    before: Metadata,
    /// As it stands in the form at first.
    metadata: String,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let text = RwSignal::new(metadata.clone());
    let changes = Memo::new(move |_| {
        text.with(|text| serde_json::from_str::<Metadata>(text).ok().map(|after| changes(&before, &after)))
    });
    view! {
        <JsonArea
            name="metadata"
            label="Metadata"
            rows=8
            value=metadata
            hint="Texts, numbers, true or false, and lists of texts; at most 40 KB."
            error
            check=fault_in_metadata
            on_input=Callback::new(move |typed| text.set(typed))
        />
        <div class="changes" role="status">
            {move || changes.get().map(|changes| view! { <Changes changes /> })}
        </div>
    }
    .into_any()
}

#[component]
fn Changes(changes: Vec<Change>) -> impl IntoView {
    if changes.is_empty() {
        return ().into_any();
    }
    let line = |Change { field, before, after }: Change| {
        let (kind, word) = match (&before, &after) {
            (None, _) => (Kind::Success, "new"),
            (_, None) => (Kind::Danger, "gone"),
            _ => (Kind::Warning, "changed"),
        };
        view! {
            <li class="change">
                <Badge kind>{word}</Badge>
                <span class="mono">{field}</span>
                {before.map(|before| view! { <del class="mono">{before}</del> })}
                {after.map(|after| view! { <ins class="mono">{after}</ins> })}
            </li>
        }
    };
    view! {
        <p class="field-label">"Saving changes"</p>
        <ul class="change-list">{changes.into_iter().map(line).collect_view()}</ul>
    }
    .into_any()
}

#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    field: String,
    before: Option<String>,
    after: Option<String>,
}

/// What is new, gone or different, by the names of the fields.
fn changes(before: &Metadata, after: &Metadata) -> Vec<Change> {
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort();
    fields.dedup();
    let told = |value: Option<&Value>| value.map(Value::to_string);
    let differs = |field: &&String| before.get(*field) != after.get(*field);
    fields
        .into_iter()
        .filter(differs)
        .map(|field| Change {
            field: field.clone(),
            before: told(before.get(field)),
            after: told(after.get(field)),
        })
        .collect()
}

/// What keeps a text from being metadata.
pub fn fault_in_metadata(text: &str) -> Option<String> {
    if let Some(fault) = fault_as::<Metadata>(text) {
        return Some(fault);
    }
    let fields: Metadata = serde_json::from_str(text).ok()?;
    fields.iter().find_map(|(field, value)| fault_of(field, value))
}

fn fault_of(field: &str, value: &Value) -> Option<String> {
    if field.starts_with('$') {
        return Some(format!("The name {field} begins with $, which marks operators."));
    }
    let is_text_list = |items: &Vec<Value>| items.iter().all(Value::is_string);
    let found = match value {
        Value::String(_) | Value::Number(_) | Value::Bool(_) => return None,
        Value::Array(items) if is_text_list(items) => return None,
        Value::Array(_) => "a list of other things than texts",
        Value::Object(_) => "an object",
        Value::Null => "null",
    };
    Some(format!("{field} is {found}; it can be a text, a number, true or false, or a list of texts."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(text: &str) -> Metadata {
        serde_json::from_str(text).expect("metadata")
    }

    #[test]
    fn what_a_save_changes_is_told_field_by_field() {
        let found = changes(
            &metadata(r#"{"a": 1, "b": "x", "c": true}"#),
            &metadata(r#"{"a": 2, "c": true, "d": []}"#),
        );
        let told: Vec<_> = found
            .iter()
            .map(|change| (change.field.as_str(), change.before.as_deref(), change.after.as_deref()))
            .collect();
        assert_eq!(told, [("a", Some("1"), Some("2")), ("b", Some("\"x\""), None), ("d", None, Some("[]"))]);
    }

    #[test]
    fn metadata_is_flat_and_typed() {
        let fault = |text: &str| fault_in_metadata(text).unwrap_or_default();
        assert_eq!(fault(r#"{"a": "x", "b": [], "c": ["y"], "d": 1.5}"#), "");
        assert!(fault(r#"{"a": {"b": 1}}"#).starts_with("a is an object"));
        assert!(fault(r#"{"a": [1]}"#).starts_with("a is a list of other things"));
        assert!(fault(r#"{"$a": 1}"#).contains('$'));
        assert!(fault("[]").starts_with("Line 1"));
    }
}
