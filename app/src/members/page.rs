//! The page of the members of a project or an organization.

use super::{
    functions::{ChangeRole, LeavePlace, ListMembers, Members, RemoveMember},
    ownerless::OwnerlessProjects,
    place::use_place,
    programs::ProgramTable,
    table::MemberTable,
    tabs::PeopleHeader,
};
use crate::{
    chunks::Page,
    form::{Form, ListFailure},
    list::{ListControls, Pager, use_paging, use_parameter},
    loaded::{Loaded, load, when_loaded},
    permitted::why_not,
    ui::*,
    views::BeginView,
};
use conifer_domain::members::MemberQuery;
use leptos::prelude::*;
use leptos_meta::Title;

pub struct MembersPage {
    search: Memo<String>,
    members: Loaded<Members>,
}

impl Page for MembersPage {
    fn data() -> Self {
        let (place, search, paging) = (use_place(), use_parameter("search"), use_paging());
        let query = move || MemberQuery { search: search.get(), paging: paging.get() };
        let members = load(move || ListMembers { place: place.get(), query: query() });
        Self { search, members }
    }

    fn view(this: Self) -> AnyView {
        let search = this.search;
        when_loaded(this.members, move |members| {
            view! { <MemberList members search=search.get_untracked() /> }
        })
        .into_any()
    }
}

#[component]
fn MemberList(members: Members, search: String) -> impl IntoView {
    let Members { place, access, .. } = members;
    let next = members.page.next.clone();
    let title = format!("Members of {}", members.name);
    let no_invites = why_not(place.inviting(), access);
    let (programs, pages) = (members.programs.clone(), members.program_pages.clone());
    let is_empty = members.page.items.is_empty();
    let list = match is_empty && programs.items.is_empty() {
        true => view! { <Nobody href=place.members() /> }.into_any(),
        false => (!is_empty).then(|| view! { <MemberTable members /> }).into_any(),
    };
    let view_as = Form::<BeginView>::new();
    let (change, remove, leave) =
        (Form::<ChangeRole>::new(), Form::<RemoveMember>::new(), Form::<LeavePlace>::new());
    view! {
        <Title text=title />
        <PeopleHeader place no_invites=no_invites.clone()>
            <ButtonLink
                href=place.invites()
                variant=Variant::Primary
                icon=Glyph::Plus
                disabled_reason=no_invites
            >
                "Invite people"
            </ButtonLink>
        </PeopleHeader>
        <div>
            <ListControls label="Find members">
                <SearchField label="Name or e-mail" value=search />
            </ListControls>
            <div class="stack">
                <ListFailure form=view_as />
                <ListFailure form=change />
                <ListFailure form=remove />
                <OwnerlessProjects form=remove />
                <ListFailure form=leave />
                <OwnerlessProjects form=leave />
                {list}
            </div>
            <Pager next />
        </div>
        <ProgramTable programs pages />
    }
    .into_any()
}

#[component]
fn Nobody(href: String) -> impl IntoView {
    view! {
        <EmptyState
            icon=Glyph::Users
            title="Nobody is found"
            text="No member has this in their name or address. Somebody who has not accepted yet stands among the invites."
        >
            <ButtonLink href>"Show all members"</ButtonLink>
        </EmptyState>
    }
    .into_any()
}
