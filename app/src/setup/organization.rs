//! The fields for the organization and first project that every new account starts with.

use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn OrganizationFields(
    #[prop(into)] organization_error: MaybeProp<String>,
    #[prop(into)] project_error: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <Field
            name="organization_name"
            label="Organization"
            hint="Your team or company."
            autocomplete="organization"
            required=true
            error=organization_error
        />
        <Field
            name="project_name"
            label="First project"
            hint="Projects hold indexes, keys and members."
            value="Default"
            required=true
            error=project_error
        />
    }
}
