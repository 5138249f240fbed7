//! The fields for the organization and first project that every new account starts with.

use crate::{
    Failure,
    form::{Form, Input},
    ui::*,
};
use leptos::prelude::*;
use server_fn::ServerFn;

#[component]
pub fn OrganizationFields<F>(form: Form<F>) -> impl IntoView
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    view! {
        <Field
            name="organization_name"
            label="Organization"
            hint="Your team or company."
            autocomplete="organization"
            required=true
            value=form.typed("organization_name")
            error=form.error(Input::OrganizationName)
        />
        <Field
            name="project_name"
            label="First project"
            hint="Projects hold indexes, keys and members."
            required=true
            value=form.typed("project_name").unwrap_or_else(|| "Default".to_owned())
            error=form.error(Input::ProjectName)
        />
    }
}
