//! What can be done with an invite that nobody has accepted yet.

use super::functions::{CopyLink, ResendInvite, RevokeInvite};
use crate::{Failure, form::Form, members::Place, ui::*};
use conifer_domain::invites::{Invite, InviteState};
use leptos::{form::ActionForm, prelude::*};
use server_fn::ServerFn;

#[component]
pub fn InviteActions(
    place: Place,
    invite: Invite,
    resend: Form<ResendInvite>,
    copy: Form<CopyLink>,
) -> impl IntoView {
    let (id, email) = (invite.id.to_string(), invite.email);
    let is_alive = invite.state == InviteState::Pending;
    if !is_alive && invite.state != InviteState::Expired {
        return ().into_any();
    }
    let (resent, copied) = (id.clone(), id.clone());
    let resending = pending(resend, move |input| input.invite_id == resent);
    let copying = pending(copy, move |input| input.invite_id == copied);
    let (of_link, of_mail) = (email.clone(), email.clone());
    let inputs = move |id: String| {
        view! {
            <input type="hidden" name="place" value=place.to_string() />
            <input type="hidden" name="invite_id" value=id />
        }
    };
    let (for_link, for_mail) = (inputs(id.clone()), inputs(id.clone()));
    // An expired link helps nobody: sending again makes the invite live once more.
    let link = is_alive.then(|| {
        view! {
            <ActionForm action=copy.action>
                {for_link}
                <Submit variant=Variant::Secondary size=Size::Small pending=copying>
                    "Get link"
                    <span class="visually-hidden">" for " {of_link}</span>
                </Submit>
            </ActionForm>
        }
    });
    view! {
        <div class="row-actions">
            {link} <ActionForm action=resend.action>
                {for_mail}
                <Submit variant=Variant::Secondary size=Size::Small pending=resending>
                    "Resend"
                    <span class="visually-hidden">" to " {of_mail}</span>
                </Submit>
            </ActionForm> <Revoke place id email />
        </div>
    }
    .into_any()
}

/// Whether this row's form awaits its answer.
fn pending<F>(form: Form<F>, is_own: impl Fn(&F) -> bool + Send + Sync + 'static) -> Signal<bool>
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    Signal::derive(move || {
        form.pending().get() && form.action.input().with(|input| input.as_ref().is_some_and(&is_own))
    })
}

#[component]
fn Revoke(place: Place, id: String, email: String) -> impl IntoView {
    let form = Form::<RevokeInvite>::in_row();
    let (dialog, of) = (format!("revoke-{id}"), email.clone());
    view! {
        <Button size=Size::Small opens=dialog.clone()>
            "Revoke"
            <span class="visually-hidden">" the invite of " {of}</span>
        </Button>
        <ConfirmDialog id=dialog title="Revoke this invite?" confirm="Revoke" action=form.action>
            <input type="hidden" name="place" value=place.to_string() />
            <input type="hidden" name="invite_id" value=id />
            <p>"Every link that " <strong>{email}</strong> " got with it is dead at once."</p>
        </ConfirmDialog>
    }
    .into_any()
}
