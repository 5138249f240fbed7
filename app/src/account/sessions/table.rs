//! The list of sessions.

use super::EndSession;
use crate::{calls::SendForm, form::Form, ui::*};
use conifer_domain::{ids::SessionId, sessions::SessionSummary};
use leptos::prelude::*;

#[component]
pub fn SessionTable(sessions: Vec<SessionSummary>) -> impl IntoView {
    let form = Form::<EndSession>::new();
    let row = move |session: SessionSummary| {
        let end = (!session.current)
            .then(|| view! { <EndButton form id=session.id device=session.device.clone() /> });
        view! {
            <tr>
                <Cell label="Device">
                    <span class="cluster">
                        {session.device}
                        {session.current.then(|| view! { <Badge kind=Kind::Success>"This browser"</Badge> })}
                    </span>
                </Cell>
                <Cell label="Address">
                    <span class="mono">{session.address}</span>
                </Cell>
                <Cell label="Signed in">
                    <Time at_ms=session.created_at_ms />
                </Cell>
                <Cell label="Last seen">
                    <Time at_ms=session.last_seen_at_ms />
                </Cell>
                <ActionCell>{end}</ActionCell>
            </tr>
        }
    };
    view! {
        <FormError message=form.form_error() />
        <Table caption="Sessions" head=vec!["Device", "Address", "Signed in", "Last seen", ""]>
            {sessions.into_iter().map(row).collect_view()}
        </Table>
    }
}

/// One form for all rows: what goes wrong is told once, above them.
#[component]
fn EndButton(form: Form<EndSession>, id: SessionId, device: String) -> impl IntoView {
    let id = id.to_string();
    let own = id.clone();
    let pending =
        Signal::derive(move || form.pending().get() && form.sending().last_sent("id").as_ref() == Some(&own));
    view! {
        <SendForm sending=form>
            <input type="hidden" name="id" value=id />
            <Submit variant=Variant::Secondary size=Size::Small pending>
                "End"
                <span class="visually-hidden">" the session of " {device}</span>
            </Submit>
        </SendForm>
    }
}
