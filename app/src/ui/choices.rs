use leptos::prelude::*;

/// One of a few, with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    value: &'static str,
    label: &'static str,
    meaning: &'static str,
}

impl Choice {
    pub const fn new(value: &'static str, label: &'static str, meaning: &'static str) -> Self {
        Self { value, label, meaning }
    }
}

/// A few choices side by side, each explained.
#[component]
pub fn Choices(
    /// The name it is sent under.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    /// What is chosen, at first and whenever the signal says so.
    #[prop(into)]
    selected: Signal<String>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let option = |Choice { value, label, meaning }: Choice| {
        let id = format!("{name}-{value}");
        let hint = format!("{id}-hint");
        let is_selected = Memo::new(move |_| selected.with(|selected| selected == value));
        let chosen = move |_| {
            if let Some(on_change) = on_change {
                on_change.run(value.to_owned());
            }
        };
        view! {
            <div class="choice choice-card">
                <input
                    class="choice-input"
                    type="radio"
                    name=name.clone()
                    id=id.clone()
                    value=value
                    checked=is_selected.get_untracked()
                    prop:checked=move || is_selected.get()
                    aria-describedby=hint.clone()
                    on:change=chosen
                />
                <label for=id>{label}</label>
                <p class="choice-hint" id=hint>
                    {meaning}
                </p>
            </div>
        }
    };
    view! {
        <fieldset class="choices">
            <legend class="form-legend">{label}</legend>
            <div class="choices-row">{choices.into_iter().map(option).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
