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
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let id = control_id(id, &name);
    let hint_id = hint.is_some().then(|| format!("{id}-hint"));
    let changed = move |event| {
        if let Some(on_change) = on_change {
            on_change.run(event_target_checked(&event));
        }
    };
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
                on:change=changed
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
