//! The list of invites.

use super::{
    functions::{CopyLink, ResendInvite},
    row::InviteActions,
};
use crate::{form::Form, members::Place, ui::*};
use conifer_domain::invites::{Invite, InviteState};
use leptos::prelude::*;

#[component]
pub fn InviteTable(
    place: Place,
    invites: Vec<Invite>,
    resend: Form<ResendInvite>,
    copy: Form<CopyLink>,
) -> impl IntoView {
    let row = move |invite: Invite| view! { <InviteRow place invite resend copy /> };
    view! {
        <Table caption="Invites" head=vec!["E-mail", "Role", "State", "Invited", ""]>
            {invites.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn InviteRow(
    place: Place,
    invite: Invite,
    resend: Form<ResendInvite>,
    copy: Form<CopyLink>,
) -> impl IntoView {
    let Invite { email, role, invited_by, created_at_ms, expires_at_ms, state, .. } = invite.clone();
    let ends = match state {
        InviteState::Pending => Some("Expires "),
        InviteState::Expired => Some("Expired "),
        InviteState::Accepted | InviteState::Revoked => None,
    };
    view! {
        <tr>
            <Cell label="E-mail">{email}</Cell>
            <Cell label="Role">{role.label()}</Cell>
            <Cell label="State">
                <Badge kind=kind(state)>{state.label()}</Badge>
                {ends
                    .map(|word| {
                        view! {
                            <span class="cell-sub">
                                {word} <Time at_ms=expires_at_ms />
                            </span>
                        }
                    })}
            </Cell>
            <Cell label="Invited">
                <Time at_ms=created_at_ms />
                <span class="cell-sub">"by " {invited_by}</span>
            </Cell>
            <ActionCell>
                <InviteActions place invite resend copy />
            </ActionCell>
        </tr>
    }
    .into_any()
}

const fn kind(state: InviteState) -> Kind {
    match state {
        InviteState::Pending => Kind::Info,
        InviteState::Expired => Kind::Warning,
        InviteState::Accepted => Kind::Success,
        InviteState::Revoked => Kind::Neutral,
    }
}
