//! Projects that would be left without an owner.

use super::place::Place;
use crate::{Failure, form::Form};
use conifer_domain::{Problem, ids::ProjectId};
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
            Some(Err(Failure(Problem::LastOwnerOfProjects { project_ids }))) => Some(links(project_ids)),
            _ => None,
        })
    }
}

fn links(ids: &[ProjectId]) -> impl IntoView + use<> {
    let link = |id: &ProjectId| {
        view! {
            <li>
                <a href=Place::Project(*id).members()>"Members of project " {id.to_string()}</a>
            </li>
        }
    };
    view! { <ul>{ids.iter().map(link).collect_view()}</ul> }
}
