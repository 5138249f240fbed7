use super::{
    Glyph, Icon,
    frame::{FieldFrame, control_id, described_by, invalid},
};
use leptos::prelude::*;

/// One of a few choices.
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    /// What is sent, and what is shown.
    options: Vec<(String, String)>,
    /// What is chosen, at first and whenever the signal says so; the first option otherwise.
    #[prop(optional, into)]
    selected: MaybeProp<String>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    /// The label is for those who listen; for the eye, a table's column says it.
    #[prop(optional)]
    label_hidden: bool,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = control_id(id, &name);
    let changed = move |event| {
        if let Some(on_change) = on_change {
            on_change.run(event_target_value(&event));
        }
    };
    let option = move |(value, text): (String, String)| {
        let own = value.clone();
        let is_selected = Memo::new(move |_| selected.with(|selected| selected.as_ref() == Some(&own)));
        view! {
            <option value=value selected=move || is_selected.get() prop:selected=move || is_selected.get()>
                {text}
            </option>
        }
    };
    view! {
        <FieldFrame id=id.clone() label hint error required=true label_hidden>
            <select
                class="input"
                id=id.clone()
                name=name
                aria-invalid=invalid(error)
                aria-describedby=described_by(&id, hint, error)
                on:change=changed
            >
                {options.into_iter().map(option).collect_view()}
            </select>
            <Icon glyph=Glyph::ChevronDown />
        </FieldFrame>
    }
}
