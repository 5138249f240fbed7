//! What can be done with an invite that nobody has accepted yet.

use super::functions::{CopyLink, ResendInvite, RevokeInvite};
use crate::{
    calls::{SendForm, Sending},
    form::Form,
    members::Place,
    ui::*,
};
use conifer_domain::invites::{Invite, InviteState};
use leptos::prelude::*;

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
    let resending = pending(resend.into(), resent);
    let copying = pending(copy.into(), copied);
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
            <SendForm sending=copy>
                {for_link}
                <Submit variant=Variant::Secondary size=Size::Small pending=copying>
                    "Get link"
                    <span class="visually-hidden">" for " {of_link}</span>
                </Submit>
            </SendForm>
        }
    });
    view! {
        <div class="row-actions">
            {link} <SendForm sending=resend>
                {for_mail}
                <Submit variant=Variant::Secondary size=Size::Small pending=resending>
                    "Resend"
                    <span class="visually-hidden">" to " {of_mail}</span>
                </Submit>
            </SendForm> <Revoke place id email />
        </div>
    }
    .into_any()
}

/// Whether this row's form awaits its answer.
fn pending(sending: Sending, id: String) -> Signal<bool> {
    Signal::derive(move || sending.pending().get() && sending.last_sent("invite_id").as_ref() == Some(&id))
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
        <ConfirmDialog id=dialog title="Revoke this invite?" confirm="Revoke" action=form>
            <input type="hidden" name="place" value=place.to_string() />
            <input type="hidden" name="invite_id" value=id />
            <p>"Every link that " <strong>{email}</strong> " got with it is dead at once."</p>
        </ConfirmDialog>
    }
    .into_any()
}
