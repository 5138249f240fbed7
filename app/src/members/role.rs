//! A member's role, and changing it where it stands.

use super::{
    functions::{ChangeRole, Person},
    place::Place,
};
use crate::{
    form::{Form, PostForm},
    ui::*,
};
use leptos::prelude::*;

#[component]
pub fn RoleForm(place: Place, person: Person, why_not: Option<String>) -> impl IntoView {
    match why_not {
        Some(reason) => view! { <FixedRole person reason /> }.into_any(),
        None => view! { <OpenRole place person /> }.into_any(),
    }
}

#[component]
fn FixedRole(person: Person, reason: String) -> impl IntoView {
    view! {
        <span class="cluster">
            <Badge>{person.role.label()}</Badge>
            <Button
                variant=Variant::Ghost
                size=Size::Small
                icon=Glyph::Edit
                label=format!("Change the role of {}", person.name)
                disabled_reason=reason
            />
        </span>
    }
    .into_any()
}

/// Choosing alone changes nothing, so that the keyboard can pass over the roles; what was chosen is then saved.
#[component]
fn OpenRole(place: Place, person: Person) -> impl IntoView {
    let form = Form::<ChangeRole>::in_row();
    let current = person.role.as_str();
    let chosen = RwSignal::new(current.to_owned());
    let options = place.roles().into_iter().map(|role| (role.as_str().into(), role.label().into()));
    let options: Vec<(String, String)> = options.collect();
    let (id, label) = (format!("role-{}", person.id), format!("Role of {}", person.name));
    let node = NodeRef::new();
    // A refused choice does not stay on the page: the role is what it was.
    form.reset_after(node, |_| true);
    Effect::new(move || {
        form.sending().action.value().track();
        chosen.set(current.to_owned());
    });
    view! {
        <div class="role" class:role-changed=move || chosen.with(|chosen| chosen != current)>
            <PostForm form node>
                <input type="hidden" name="place" value=place.to_string() />
                <input type="hidden" name="user_id" value=person.id.to_string() />
                <div class="role-row">
                    <Select
                        name="role"
                        id
                        label
                        label_hidden=true
                        options
                        selected=current
                        on_change=Callback::new(move |role| chosen.set(role))
                    />
                    <Submit size=Size::Small pending=form.pending()>
                        "Save"
                        <span class="visually-hidden">" the role of " {person.name}</span>
                    </Submit>
                </div>
            </PostForm>
        </div>
    }
    .into_any()
}
