//! The page of the service accounts of an organization.

use super::{
    create::{CreateDialog, DIALOG},
    functions::{ListServiceAccounts, ServiceAccounts, list_address},
    secret::SecretCard,
    table::AccountTable,
};
use crate::{
    api_reference,
    chunks::Page,
    list::{ListControls, Pager, use_paging, use_parameter},
    loaded::{Loaded, load, when_loaded},
    organizations::use_organization_id,
    permitted::why_not,
    ui::*,
};
use conifer_domain::{permissions::Action, service_accounts::ServiceAccountQuery};
use leptos::prelude::*;
use leptos_meta::Title;

pub struct ServiceAccountsPage {
    search: Memo<String>,
    accounts: Loaded<ServiceAccounts>,
}

impl Page for ServiceAccountsPage {
    fn data() -> Self {
        let (organization, search, paging) = (use_organization_id(), use_parameter("search"), use_paging());
        let query = move || ServiceAccountQuery { search: search.get(), paging: paging.get() };
        let accounts =
            load(move || ListServiceAccounts { organization_id: organization.get(), query: query() });
        Self { search, accounts }
    }

    fn view(this: Self) -> AnyView {
        let search = this.search;
        when_loaded(this.accounts, move |accounts| {
            view! { <AccountList accounts search=search.get_untracked() /> }
        })
        .into_any()
    }
}

#[component]
fn AccountList(accounts: ServiceAccounts, search: String) -> impl IntoView {
    let ServiceAccounts { organization_id, access, fresh, projects, page } = accounts;
    let no_new = why_not(Action::CreateServiceAccounts, access);
    let (next, may_create) = (page.next.clone(), no_new.is_none());
    let list = match page.items.is_empty() {
        true => view! { <NoAccounts is_filtered=!search.is_empty() href=list_address(organization_id) /> }
            .into_any(),
        false => view! { <AccountTable organization_id accounts=page.items /> }.into_any(),
    };
    view! {
        <Title text="Service accounts" />
        <PageHeader
            title="Service accounts"
            text="Programs that act for themselves, by roles in the organization and its projects as people have them."
        >
            <ButtonLink href=api_reference::ADDRESS icon=Glyph::Book>
                "API reference"
            </ButtonLink>
            <Button variant=Variant::Primary icon=Glyph::Plus opens=DIALOG disabled_reason=no_new>
                "New service account"
            </Button>
        </PageHeader>
        {may_create.then(|| view! { <CreateDialog organization_id projects /> })}
        {fresh.map(|fresh| view! { <SecretCard fresh /> })}
        <div>
            <ListControls label="Find service accounts">
                <SearchField label="Account name" value=search />
            </ListControls>
            {list}
            <Pager next />
        </div>
    }
    .into_any()
}

#[component]
fn NoAccounts(is_filtered: bool, href: String) -> impl IntoView {
    match is_filtered {
        true => view! {
            <EmptyState icon=Glyph::Bot title="No service account is found" text="None has this in its name.">
                <ButtonLink href>"Show all service accounts"</ButtonLink>
            </EmptyState>
        }
        .into_any(),
        false => view! {
            <EmptyState
                icon=Glyph::Bot
                title="No service accounts yet"
                text="Give a deployment or a script one of its own, and it makes projects and API keys without a browser."
            />
        }
        .into_any(),
    }
}
