use super::frame::control_id;
use leptos::prelude::*;

/// Yes or no. Sends `true` when checked and nothing otherwise, as HTML does.
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] checked: bool,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let id = control_id(id, &name);
    let hint_id = hint.is_some().then(|| format!("{id}-hint"));
    view! {
        <div class="choice">
            <input
                class="choice-input"
                type="checkbox"
                id=id.clone()
                name=name
                value="true"
                checked=checked
                required=required
                aria-describedby=hint_id.clone()
            />
            <label for=id>{label}</label>
            {hint
                .map(|hint| {
                    view! {
                        <p class="choice-hint" id=hint_id>
                            {hint}
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}
