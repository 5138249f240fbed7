//! Metadata in cells of a table.

use crate::ui::*;
use conifer_domain::records::Record;
use leptos::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// More would be narrower than their words.
const COLUMNS_MAX: usize = 6;
const LIST_SHOWN_MAX: usize = 4;

/// The fields that were asked for, or those that most of these records have.
pub fn columns_of(records: &[Record], asked: &str) -> Vec<String> {
    let asked: Vec<String> =
        asked.split([' ', ',']).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if !asked.is_empty() {
        return asked;
    }
    let mut seen = BTreeMap::<&str, usize>::new();
    for name in records.iter().flat_map(|record| record.metadata.keys()) {
        *seen.entry(name).or_default() += 1;
    }
    let mut names: Vec<_> = seen.into_iter().collect();
    // Of equally frequent ones the first by name, as the map has them.
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    names.into_iter().take(COLUMNS_MAX).map(|(name, _)| name.to_owned()).collect()
}

#[component]
pub fn MetadataCell(value: Option<Value>) -> impl IntoView {
    match value {
        None | Some(Value::Null) => view! { <span class="faint" aria-label="none">"–"</span> }.into_any(),
        Some(Value::Bool(value)) => view! { <Badge>{value.to_string()}</Badge> }.into_any(),
        Some(Value::Number(value)) => {
            let shown = value.as_f64().map_or_else(|| value.to_string(), shown_number);
            view! { <span class="cell-number">{shown}</span> }.into_any()
        }
        Some(Value::Array(items)) => {
            let more = items.len().saturating_sub(LIST_SHOWN_MAX);
            let items = items.into_iter().take(LIST_SHOWN_MAX).map(|item| {
                let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
                view! { <span class="tag tag-item">{text}</span> }
            });
            view! {
                <span class="cluster cell-list">
                    {items.collect_view()} {(more > 0).then(|| format!("and {more} more"))}
                </span>
            }
            .into_any()
        }
        Some(Value::String(text)) if is_link(&text) => {
            let href = text.clone();
            view! {
                <a href=href rel="noreferrer noopener external" target="_blank" class="cell-text">
                    {text}
                </a>
            }
            .into_any()
        }
        Some(Value::String(text)) => {
            let title = text.clone();
            view! { <span class="cell-text" title=title>{text}</span> }.into_any()
        }
        Some(other) => view! { <span class="cell-text mono">{other.to_string()}</span> }.into_any(),
    }
}

/// Whole numbers as they are: a year is no quantity.
fn shown_number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { number(value) }
}

/// What one may follow without a second thought.
fn is_link(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(metadata: &str) -> Record {
        Record { metadata: serde_json::from_str(metadata).expect("metadata"), ..Record::default() }
    }

    #[test]
    fn the_most_frequent_fields_are_columns() {
        let records = [record(r#"{"b": 1, "a": 1}"#), record(r#"{"b": 1}"#)];
        assert_eq!(columns_of(&records, ""), ["b", "a"]);
        assert_eq!(columns_of(&records, "z, a"), ["z", "a"]);
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert!(is_link("https://example.com/a"));
        assert!(!is_link("javascript:alert(1)") && !is_link("https://a b"));
    }

    #[test]
    fn years_stay_years() {
        assert_eq!([2026.0, 0.25].map(shown_number), ["2026", "0.25"]);
    }
}
