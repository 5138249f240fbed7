//! Projects that would be left without an owner.

use crate::{Failure, form::Form, projects::ProjectLinks};
use conifer_domain::Problem;
use leptos::prelude::*;
use server_fn::ServerFn;

/// Leads to where somebody else can be made an owner, once a form was refused for want of one.
#[component]
pub fn OwnerlessProjects<F>(form: Form<F>) -> impl IntoView
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let value = form.action.value();
    move || {
        value.with(|value| match value {
            Some(Err(Failure(Problem::LastOwnerOfProjects { project_ids }))) => {
                Some(view! { <ProjectLinks ids=project_ids.clone() /> })
            }
            _ => None,
        })
    }
}
