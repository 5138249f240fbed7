use super::{
    Glyph, Icon,
    frame::{FieldFrame, control_id, described_by, invalid, report_early_input},
};
use leptos::prelude::*;

/// A password, hidden until its eye is pressed. It sets no length limit in the browser: that would cut a
/// pasted password without a word.
#[component]
pub fn PasswordField(
    #[prop(default = "password".into(), into)] name: String,
    #[prop(default = "Password".into(), into)] label: String,
    /// `current-password` or `new-password`, so that password managers know what to do.
    autocomplete: &'static str,
    /// Needed where two fields of a page have one name.
    #[prop(optional, into)]
    id: Option<String>,
    #[prop(optional, into)] hint: MaybeProp<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = control_id(id, &name);
    let controls = id.clone();
    let shown = RwSignal::new(false);
    let input = NodeRef::new();
    report_early_input(input, on_input);
    let typed = move |event| {
        if let Some(on_input) = on_input {
            on_input.run(event_target_value(&event));
        }
    };
    view! {
        <FieldFrame id=id.clone() label hint error required=true>
            <input
                class="input"
                id=id.clone()
                name=name
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                required=true
                autofocus=autofocus
                aria-invalid=invalid(error)
                aria-describedby=described_by(&id, hint, error)
                on:input=typed
                node_ref=input
            />
            <button
                type="button"
                class="input-button needs-script"
                aria-label="Show password"
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                aria-controls=controls
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {move || view! { <Icon glyph=if shown.get() { Glyph::EyeOff } else { Glyph::Eye } /> }}
            </button>
        </FieldFrame>
    }
}
