//! Conditions to choose, written as JSON into the field above, and read from it when somebody types there.

use super::{
    AREA,
    row::{ConditionRow, Row},
};
use crate::ui::*;
use conifer_domain::playground::{Joint, MetadataKey, Shape, read_shape};
use leptos::{prelude::*, wasm_bindgen::JsCast};

/// What the builder works on.
#[derive(Clone)]
pub struct Given {
    /// The JSON, as it stands in the field.
    pub text: RwSignal<String>,
    pub keys: Vec<MetadataKey>,
}

/// In a chunk of its own: it comes when somebody opens it.
#[lazy(filter_builder)]
pub fn builder(given: Given) -> AnyView {
    view! { <Builder given /> }.into_any()
}

#[component]
fn Builder(given: Given) -> impl IntoView {
    let Given { text, keys } = given;
    let rows = RwSignal::new(Vec::<Row>::new());
    let joint = RwSignal::new(Joint::All);
    // None while the field holds more than conditions.
    let read = Memo::new(move |_| text.with(|text| shape_of(text)));
    // What the builder wrote itself is not read again: half a condition is in no JSON.
    let written = StoredValue::new(None::<String>);
    // Rows outlive the effect that reads them.
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    Effect::new(move || {
        let Some(shape) = read.get() else { return };
        if written.with_value(|written| text.with_untracked(|text| written.as_ref() == Some(text))) {
            return;
        }
        joint.set(shape.joint);
        let read = || shape.clauses.iter().map(Row::of).collect();
        rows.set(owner.with_value(|owner| owner.with(read)));
    });
    let keys = StoredValue::new(keys);
    let write = Callback::new(move |()| {
        let clauses = rows.with_untracked(|rows| {
            keys.with_value(|keys| rows.iter().filter_map(|row| row.clause(keys)).collect::<Vec<_>>())
        });
        let shape = Shape { joint: joint.get_untracked(), clauses };
        let json = if shape.clauses.is_empty() { String::new() } else { shape.to_json().to_string() };
        written.set_value(Some(json.clone()));
        show_in_field(&json);
        text.set(json);
    });
    let add = Callback::new(move |_| {
        let row = owner.with_value(|owner| owner.with(Row::default));
        rows.update(|rows| rows.push(row));
    });
    let remove = Callback::new(move |id: usize| {
        rows.update(|rows| rows.retain(|row| row.id != id));
        write.run(());
    });
    let names = keys.with_value(|keys| keys.iter().map(|key| key.name.clone()).collect::<Vec<_>>());
    let joints =
        vec![("all".to_owned(), "All of these".to_owned()), ("any".to_owned(), "Any of these".to_owned())];
    let chosen =
        Signal::derive(move || Some(if joint.get() == Joint::Any { "any" } else { "all" }.to_owned()));
    let join = Callback::new(move |word: String| {
        joint.set(if word == "any" { Joint::Any } else { Joint::All });
        write.run(());
    });
    view! {
        <section class="filter-builder" aria-label="Filter builder">
            {move || {
                read.with(Option::is_none)
                    .then(|| {
                        view! {
                            <Alert kind=Kind::Info role="status">
                                "This filter is more than a list of conditions. A new one here takes its place."
                            </Alert>
                        }
                    })
            }}
            <Select
                name=""
                id="filter-joint"
                label="A record must pass"
                options=joints
                selected=MaybeProp::from(chosen)
                on_change=join
            />
            <datalist id="filter-keys">
                {names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
            </datalist>
            <div class="filter-rows">
                <For each=move || rows.get() key=|row| row.id let:row>
                    <ConditionRow row keys write remove />
                </For>
            </div>
            <div class="cluster">
                <Button size=Size::Small icon=Glyph::Plus on_click=add>
                    "Add condition"
                </Button>
            </div>
        </section>
    }
    .into_any()
}

fn shape_of(text: &str) -> Option<Shape> {
    if text.trim().is_empty() {
        return Some(Shape::default());
    }
    read_shape(&serde_json::from_slice(text.as_bytes()).ok()?)
}

/// As if it had been typed there, so that it is checked too.
fn show_in_field(json: &str) {
    let area = document().get_element_by_id(AREA);
    let Some(area) = area.and_then(|area| area.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) else {
        return;
    };
    area.set_value(json);
    if let Ok(typed) = web_sys::Event::new("input") {
        _ = area.dispatch_event(&typed);
    }
}
