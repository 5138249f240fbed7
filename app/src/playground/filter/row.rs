//! One condition of the builder.

use crate::ui::*;
use conifer_domain::playground::{Clause, MetadataKey, Operator, Takes, typed_value};
use leptos::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub id: usize,
    key: RwSignal<String>,
    operator: RwSignal<Operator>,
    value: RwSignal<String>,
}

impl Row {
    fn new(key: String, operator: Operator, value: String) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Self { id, key: RwSignal::new(key), operator: RwSignal::new(operator), value: RwSignal::new(value) }
    }

    pub fn of(clause: &Clause) -> Self {
        Self::new(clause.key.clone(), clause.operator, as_typed(clause))
    }

    /// None while it has no field.
    pub fn clause(self, keys: &[MetadataKey]) -> Option<Clause> {
        let key = self.key.get_untracked();
        let (operator, text) = (self.operator.get_untracked(), self.value.get_untracked());
        let is_text = keys.iter().any(|known| known.name == key && known.is_text);
        let value = typed_value(operator, &text, is_text);
        (!key.is_empty()).then_some(Clause { key, operator, value })
    }
}

impl Default for Row {
    fn default() -> Self {
        Self::new(String::new(), Operator::Equal, String::new())
    }
}

/// A value as somebody would type it.
fn as_typed(clause: &Clause) -> String {
    let plain = |value: &serde_json::Value| match value {
        serde_json::Value::String(text)
            if serde_json::from_slice::<serde_json::Value>(text.as_bytes()).is_err() =>
        {
            text.clone()
        }
        other => other.to_string(),
    };
    match (clause.operator.takes(), clause.value.as_array()) {
        (Takes::List, Some(items)) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        _ => plain(&clause.value),
    }
}

#[component]
pub fn ConditionRow(
    row: Row,
    keys: StoredValue<Vec<MetadataKey>>,
    write: Callback<()>,
    remove: Callback<usize>,
) -> impl IntoView {
    let values = move || {
        let key = row.key.get();
        if row.operator.get().takes() == Takes::Boolean {
            return vec!["true".to_owned(), "false".to_owned()];
        }
        keys.with_value(|keys| keys.iter().find(|known| known.name == key).map(|known| known.values.clone()))
            .unwrap_or_default()
    };
    let operators = Operator::ALL.map(|operator| {
        (operator.as_str().to_owned(), format!("{} ({})", operator.label(), operator.as_str()))
    });
    let choose = Callback::new(move |word: String| {
        row.operator.set(Operator::named(&word).unwrap_or(Operator::Equal));
        write.run(());
    });
    let selected = Signal::derive(move || Some(row.operator.get().as_str().to_owned()));
    let list = format!("filter-values-{}", row.id);
    let take = move |signal: RwSignal<String>| {
        move |event| {
            signal.set(event_target_value(&event));
            write.run(());
        }
    };
    let (key_id, value_id) = (format!("filter-key-{}", row.id), format!("filter-value-{}", row.id));
    let hint = move || match row.operator.get().takes() {
        Takes::List => "Separated by commas",
        Takes::Number => "A number",
        Takes::Boolean => "true or false",
        Takes::Scalar => "",
    };
    view! {
        <div class="filter-row" role="group" aria-label="Condition">
            <div class="field">
                <label class="field-label" for=key_id.clone()>
                    "Field"
                </label>
                <div class="input-frame">
                    <input
                        class="input input-mono"
                        id=key_id
                        list="filter-keys"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=move || row.key.get()
                        on:input=take(row.key)
                    />
                </div>
            </div>
            <Button
                variant=Variant::Ghost
                icon=Glyph::Trash
                label="Remove this condition"
                on_click=Callback::new(move |_| remove.run(row.id))
            />
            <Select
                name=""
                id=format!("filter-operator-{}", row.id)
                label="Operator"
                options=operators.to_vec()
                selected=MaybeProp::from(selected)
                on_change=choose
            />
            <div class="field">
                <label class="field-label" for=value_id.clone()>
                    "Value"
                </label>
                <div class="input-frame">
                    <input
                        class="input input-mono"
                        id=value_id
                        list=list.clone()
                        autocomplete="off"
                        spellcheck="false"
                        placeholder=hint
                        prop:value=move || row.value.get()
                        on:input=take(row.value)
                    />
                </div>
            </div>
            <datalist id=list>
                {move || values().into_iter().map(|value| view! { <option value=value></option> }).collect_view()}
            </datalist>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_shown_as_one_types_it() {
        let typed = |operator, value| as_typed(&Clause { key: "k".into(), operator, value });
        assert_eq!(typed(Operator::Equal, json!("war")), "war");
        assert_eq!(typed(Operator::Equal, json!("1984")), "\"1984\"", "or it would be read as a number");
        assert_eq!(typed(Operator::In, json!(["war", 7, true])), "war, 7, true");
    }
}
