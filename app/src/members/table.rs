//! The list of members.

use super::{
    functions::{Members, Person},
    leaving::{LeaveButton, RemoveButton},
    place::Place,
    role::RoleForm,
};
use crate::{form::Form, permitted::why_not, ui::*, views::ViewButton};
use leptos::prelude::*;

#[component]
pub fn MemberTable(members: Members) -> impl IntoView {
    let Members { place, access, me, page, .. } = members;
    let why_no_role = why_not(place.changing_roles(), access);
    let why_no_removal = why_not(place.removing(), access);
    let why_no_view = why_not(place.viewing_as(), access);
    let row = move |person: Person| {
        let view = (person.id != me).then(|| {
            let (id, name, why_not) = (person.id.to_string(), person.name.clone(), why_no_view.clone());
            view! { <ViewButton place input="user_id" id name why_not /> }
        });
        let leaving = match person.id == me {
            true => view! { <LeaveButton place form=Form::in_row() /> }.into_any(),
            false => view! { <RemoveButton place person=person.clone() why_not=why_no_removal.clone() /> }
                .into_any(),
        };
        let actions = view! { <div class="row-actions">{view} {leaving}</div> }.into_any();
        view! { <MemberRow place is_me=person.id == me why_no_role=why_no_role.clone() person actions /> }
    };
    view! {
        <Table caption="Members" head=vec!["Name", "Role", "Since", "Last seen", ""]>
            {page.items.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn MemberRow(
    place: Place,
    person: Person,
    is_me: bool,
    why_no_role: Option<String>,
    actions: AnyView,
) -> impl IntoView {
    let (since_ms, who) = (person.since_ms, person.clone());
    let last_seen = match person.last_seen_ms {
        Some(at_ms) => view! { <Time at_ms /> }.into_any(),
        None => view! { <span class="muted">"Not yet"</span> }.into_any(),
    };
    view! {
        <tr>
            <Cell label="Name">
                <Who person=who is_me />
            </Cell>
            <Cell label="Role">
                <RoleForm place person why_not=why_no_role />
            </Cell>
            <Cell label="Since">
                <Time at_ms=since_ms />
            </Cell>
            <Cell label="Last seen">{last_seen}</Cell>
            <ActionCell>{actions}</ActionCell>
        </tr>
    }
    .into_any()
}

#[component]
fn Who(person: Person, is_me: bool) -> impl IntoView {
    view! {
        <div class="member">
            <Avatar name=person.name.clone() />
            <div class="member-text">
                <span class="cluster">
                    <span class="member-name">{person.name}</span>
                    {is_me.then(|| view! { <Badge kind=Kind::Success>"You"</Badge> })}
                    {(!person.confirmed)
                        .then(|| view! { <Badge kind=Kind::Warning>"Unconfirmed address"</Badge> })}
                </span>
                <span class="cell-sub">{person.email}</span>
            </div>
        </div>
    }
    .into_any()
}
