use crate::ui::*;
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_location};

/// The form above a list. Its inputs are named as the parameters of the address; sending it shows the first page.
#[component]
pub fn ListControls(
    /// What is looked for, for those who listen: "Find members".
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    let path = use_location().pathname;
    view! {
        <search class="list-controls" aria-label=label>
            <Form method="get" action=move || path.get()>
                <div class="list-controls-row">
                    {children()}
                    <Submit variant=Variant::Secondary>"Show"</Submit>
                </div>
            </Form>
        </search>
    }
    .into_any()
}
