//! What the invited will be, with what that means.

use crate::{members::Place, ui::*};
use conifer_domain::{
    invites::InvitedRole, organizations::OrganizationRole as Organization, projects::ProjectRole as Project,
};
use leptos::prelude::*;

/// Sends `role`. The least is chosen at first.
#[component]
pub fn RoleChoice(place: Place, error: Signal<Option<String>>) -> impl IntoView {
    let least = match place {
        Place::Organization(_) => InvitedRole::from(Organization::Member),
        Place::Project(_) => InvitedRole::from(Project::User),
    };
    let option = |role: InvitedRole| {
        let id = format!("invited-{}", role.as_str());
        let hint = format!("{id}-hint");
        view! {
            <div class="choice">
                <input
                    class="choice-input"
                    type="radio"
                    name="role"
                    id=id.clone()
                    value=role.as_str()
                    checked=role == least
                    aria-describedby=hint.clone()
                />
                <label for=id>{role.label()}</label>
                <p class="choice-hint" id=hint>
                    {meaning(role)}
                </p>
            </div>
        }
    };
    view! {
        <fieldset class="role-choice">
            <legend class="form-legend">"Role"</legend>
            <FormError message=error />
            {place.roles().into_iter().map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}

const fn meaning(role: InvitedRole) -> &'static str {
    match role {
        InvitedRole::Organization(Organization::Owner) => {
            "Everything in the organization and in every project of it."
        }
        InvitedRole::Organization(Organization::Manager) => "Creates projects, and sees who is here.",
        InvitedRole::Organization(Organization::Member) => "Enters the projects they are let into.",
        InvitedRole::Organization(Organization::Billing) => "Sees the organization and its usage.",
        InvitedRole::Project(Project::Owner) => "Also manages members, API keys and the project itself.",
        InvitedRole::Project(Project::User) => {
            "Works with indexes and records, and sees members and API keys. Joins the organization as a member."
        }
    }
}
