use super::{Glyph, Icon};
use leptos::{html::Input, prelude::*};

/// What every labelled control shares: its label above, what is wrong and what helps below.
#[component]
pub fn FieldFrame(
    id: String,
    label: String,
    hint: MaybeProp<String>,
    error: MaybeProp<String>,
    required: bool,
    /// The label is for those who listen; for the eye, a table's column says it.
    #[prop(optional)]
    label_hidden: bool,
    children: Children,
) -> impl IntoView {
    let hint_id = hint_id(&id);
    let error_id = error_id(&id);
    view! {
        <div class="field">
            <label class=if label_hidden { "visually-hidden" } else { "field-label" } for=id>
                {label}
                {(!required).then(|| view! { <span class="field-optional">" (optional)"</span> })}
            </label>
            <div class="input-frame">{children()}</div>
            {move || {
                let id = error_id.clone();
                error
                    .get()
                    .map(|text| {
                        view! {
                            <p class="field-error" id=id>
                                <Icon glyph=Glyph::Alert />
                                <span>{text}</span>
                            </p>
                        }
                    })
            }}
            {move || {
                let id = hint_id.clone();
                hint.get()
                    .map(|text| {
                        view! {
                            <p class="field-hint" id=id>
                                {text}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// What was typed before the scripts woke, or filled in by the browser, counts as typed.
pub(super) fn report_early_input(input: NodeRef<Input>, on_input: Option<Callback<String>>) {
    Effect::new(move || {
        if let (Some(on_input), Some(input)) = (on_input, input.get()) {
            let text = input.value();
            if !text.is_empty() {
                on_input.run(text);
            }
        }
    });
}

/// The ids of the texts that describe a control, as far as they are shown.
pub(super) fn described_by(
    id: &str,
    hint: MaybeProp<String>,
    error: MaybeProp<String>,
) -> impl Fn() -> Option<String> + Clone + Send + Sync + use<> {
    let (hint_id, error_id) = (hint_id(id), error_id(id));
    move || {
        let shown = [error.get().map(|_| error_id.as_str()), hint.get().map(|_| hint_id.as_str())];
        let ids: Vec<_> = shown.into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// `aria-invalid`, which stands only on a control that has an error.
pub(super) fn invalid(error: MaybeProp<String>) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync {
    move || error.get().is_some().then_some("true")
}

/// The id of the control named `name`, unless the page has two of that name and gives one.
pub(super) fn control_id(id: Option<String>, name: &str) -> String {
    id.unwrap_or_else(|| format!("field-{name}"))
}

fn hint_id(id: &str) -> String {
    format!("{id}-hint")
}

fn error_id(id: &str) -> String {
    format!("{id}-error")
}
