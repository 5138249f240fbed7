//! Projects that would be left without an owner.

use crate::{Failure, calls::Sending, projects::ProjectLinks};
use conifer_domain::Problem;
use leptos::prelude::*;

/// Leads to where somebody else can be made an owner, once a form was refused for want of one.
#[component]
pub fn OwnerlessProjects(#[prop(into)] form: Sending) -> impl IntoView {
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
