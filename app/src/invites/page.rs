//! The page of the invites into a project or an organization.

use super::{
    create::InviteCard,
    functions::{CopyLink, Invites, ListInvites, ResendInvite, RevokeInvite},
    link::CopiedLink,
    table::InviteTable,
};
use crate::{
    chunks::Page,
    form::{Form, ListFailure},
    list::{ListControls, Pager, use_paging, use_parameter},
    loaded::{Loaded, load, when_loaded},
    members::{PeopleHeader, use_place},
    ui::*,
};
use conifer_domain::invites::{InviteQuery, InviteState};
use leptos::prelude::*;
use leptos_meta::Title;

pub struct InvitesPage {
    query: Memo<InviteQuery>,
    invites: Loaded<Invites>,
}

impl Page for InvitesPage {
    fn data() -> Self {
        let (place, paging) = (use_place(), use_paging());
        let (state, search) = (use_parameter("state"), use_parameter("search"));
        let query = Memo::new(move |_| InviteQuery {
            state: state.with(|state| state.parse().ok()),
            search: search.get(),
            paging: paging.get(),
        });
        let invites = load(move || ListInvites { place: place.get(), query: query.get() });
        Self { query, invites }
    }

    fn view(this: Self) -> AnyView {
        let query = this.query;
        when_loaded(this.invites, move |invites| {
            view! { <InviteList invites query=query.get_untracked() /> }
        })
        .into_any()
    }
}

#[component]
fn InviteList(invites: Invites, query: InviteQuery) -> impl IntoView {
    let Invites { place, name, mail_leaves, copied, page } = invites;
    let next = page.next.clone();
    let is_filtered = query.state.is_some() || !query.search.is_empty();
    let resend = Form::<ResendInvite>::new();
    let copy = Form::<CopyLink>::new();
    let revoke = Form::<RevokeInvite>::new();
    let list = match page.items.is_empty() {
        true => view! { <NoInvites is_filtered href=place.invites() /> }.into_any(),
        false => view! { <InviteTable place invites=page.items resend copy /> }.into_any(),
    };
    view! {
        <Title text=format!("Invites to {name}") />
        <PeopleHeader place />
        {(!mail_leaves).then(|| view! { <NoMail /> })}
        {copied.map(|copied| view! { <CopiedLink copied /> })}
        <InviteCard place />
        <section>
            <h2 class="section-title">"Invites"</h2>
            <Filter query />
            <div class="stack">
                <ListFailure form=resend />
                <ListFailure form=copy />
                <ListFailure form=revoke />
                {list}
            </div>
            <Pager next />
        </section>
    }
    .into_any()
}

#[component]
fn Filter(query: InviteQuery) -> impl IntoView {
    let any = (String::new(), "Any state".to_owned());
    let states = InviteState::ALL.map(|state| (state.as_str().to_owned(), state.label().to_owned()));
    let options = std::iter::once(any).chain(states).collect::<Vec<_>>();
    let selected = query.state.map(InviteState::as_str).unwrap_or_default();
    view! {
        <ListControls label="Find invites">
            <SearchField label="E-mail" value=query.search />
            <Select name="state" label="State" options selected />
        </ListControls>
    }
}

#[component]
fn NoMail() -> impl IntoView {
    view! {
        <Alert kind=Kind::Info title="This server has no mail server yet">
            "Invitations wait in its outbox. Copy the link of an invite and hand it over yourself."
        </Alert>
    }
}

#[component]
fn NoInvites(is_filtered: bool, href: String) -> impl IntoView {
    match is_filtered {
        true => view! {
            <EmptyState
                icon=Glyph::Mail
                title="No invite is found"
                text="None has this in its address and is in this state."
            >
                <ButtonLink href>"Show all invites"</ButtonLink>
            </EmptyState>
        }
        .into_any(),
        false => view! {
            <EmptyState
                icon=Glyph::Mail
                title="No invites yet"
                text="Write the addresses of those who should come in above. Each gets a mail with a link."
            />
        }
        .into_any(),
    }
}
