//! Changing the name of an organization or a project.

use crate::ui::*;
use leptos::prelude::*;

/// What stands in the form. Whoever may not change the name still sees it, and why.
#[component]
pub fn NameInputs(
    /// Of the thing.
    #[prop(into)]
    id: String,
    name: String,
    error: Signal<Option<String>>,
    pending: Signal<bool>,
    why_not: Option<String>,
) -> impl IntoView {
    let readonly = why_not.is_some();
    view! {
        <input type="hidden" name="id" value=id />
        <Field name="name" label="Name" required=true readonly autocomplete="off" value=name error />
        <div class="form-actions">
            <Submit pending disabled_reason=why_not>
                "Save name"
            </Submit>
        </div>
    }
}
