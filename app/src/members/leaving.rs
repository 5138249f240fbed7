//! Removing somebody, and leaving oneself.

use super::{
    functions::{LeavePlace, Person, RemoveMember},
    ownerless::OwnerlessProjects,
    place::Place,
};
use crate::{form::Form, ui::*};
use leptos::prelude::*;

#[component]
pub fn RemoveButton(place: Place, person: Person, why_not: Option<String>) -> impl IntoView {
    let dialog = format!("remove-{}", person.id);
    let (may, name) = (why_not.is_none(), person.name.clone());
    let button = view! {
        <Button size=Size::Small opens=dialog.clone() disabled_reason=why_not>
            "Remove"
            <span class="visually-hidden">" " {name}</span>
        </Button>
    };
    let ask = may.then(|| view! { <RemoveDialog place person id=dialog /> });
    view! {
        {button}
        {ask}
    }
    .into_any()
}

#[component]
fn RemoveDialog(place: Place, person: Person, id: String) -> impl IntoView {
    let form = Form::<RemoveMember>::in_row();
    let also = match place {
        Place::Organization(_) => {
            " They leave all its projects with it, and open invites to them are revoked."
        }
        Place::Project(_) => " They stay in the organization.",
    };
    view! {
        <ConfirmDialog id title=format!("Remove {}?", person.name) confirm="Remove" action=form>
            <OwnerlessProjects form />
            <input type="hidden" name="place" value=place.to_string() />
            <input type="hidden" name="user_id" value=person.id.to_string() />
            <p>
                <strong>{person.email}</strong>
                " loses access to this "
                {place.noun()}
                " at once, also on pages that are open."
                {also}
            </p>
        </ConfirmDialog>
    }
    .into_any()
}

/// A refusal is told in the dialog, or above the list whose row the form is in.
#[component]
pub fn LeaveButton(place: Place, form: Form<LeavePlace>) -> impl IntoView {
    const DIALOG: &str = "leave";
    view! {
        <Button size=Size::Small opens=DIALOG>
            "Leave"
        </Button>
        <ConfirmDialog
            id=DIALOG
            title=format!("Leave this {}?", place.noun())
            confirm="Leave"
            action=form
        >
            <OwnerlessProjects form />
            <input type="hidden" name="place" value=place.to_string() />
            <p>"You lose access at once. Only an owner can let you in again."</p>
        </ConfirmDialog>
    }
    .into_any()
}

/// Leaving, among the settings of a place.
#[component]
pub fn LeaveCard(place: Place) -> impl IntoView {
    let form = Form::<LeavePlace>::new();
    let text = match place {
        Place::Organization(_) => "You lose all its projects with it.",
        Place::Project(_) => "You stay in its organization.",
    };
    view! {
        <Card title=format!("Leave this {}", place.noun()) text>
            <div class="form-actions">
                <LeaveButton place form />
            </div>
        </Card>
    }
}
