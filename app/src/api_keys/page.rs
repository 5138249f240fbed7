//! The page of the keys of a project.

use super::{
    create::{CreateDialog, DIALOG},
    functions::{ApiKeys, ListKeys, list_address},
    secret::SecretCard,
    table::KeyTable,
};
use crate::{
    api_reference,
    chunks::Page,
    list::{ListControls, Pager, use_paging, use_parameter},
    loaded::{Loaded, load, when_loaded},
    permitted::why_not,
    projects::use_project_id,
    ui::*,
};
use conifer_domain::{api_keys::KeyQuery, permissions::Action};
use leptos::prelude::*;
use leptos_meta::Title;

pub struct ApiKeysPage {
    search: Memo<String>,
    keys: Loaded<ApiKeys>,
}

impl Page for ApiKeysPage {
    fn data() -> Self {
        let (project, search, paging) = (use_project_id(), use_parameter("search"), use_paging());
        let query = move || KeyQuery { search: search.get(), paging: paging.get() };
        let keys = load(move || ListKeys { project_id: project.get(), query: query() });
        Self { search, keys }
    }

    fn view(this: Self) -> AnyView {
        let search = this.search;
        when_loaded(this.keys, move |keys| view! { <KeyList keys search=search.get_untracked() /> })
            .into_any()
    }
}

#[component]
fn KeyList(keys: ApiKeys, search: String) -> impl IntoView {
    let ApiKeys { project_id, project_name, access, fresh, page } = keys;
    let no_new = why_not(Action::CreateApiKeys, access);
    let (next, may_create) = (page.next.clone(), no_new.is_none());
    let list = match page.items.is_empty() {
        true => view! { <NoKeys is_filtered=!search.is_empty() href=list_address(project_id) /> }.into_any(),
        false => view! { <KeyTable project_id keys=page.items /> }.into_any(),
    };
    view! {
        <Title text=format!("API keys of {project_name}") />
        <PageHeader
            title="API keys"
            text="What programs carry to reach this project. A key that is deleted or changed is so with the next request."
        >
            <ButtonLink href=api_reference::ADDRESS icon=Glyph::Book>
                "API reference"
            </ButtonLink>
            <Button variant=Variant::Primary icon=Glyph::Plus opens=DIALOG disabled_reason=no_new>
                "New key"
            </Button>
        </PageHeader>
        {may_create.then(|| view! { <CreateDialog project_id /> })}
        {fresh.map(|fresh| view! { <SecretCard fresh /> })}
        <div>
            <ListControls label="Find keys">
                <SearchField label="Key name" value=search />
            </ListControls>
            {list}
            <Pager next />
        </div>
    }
    .into_any()
}

#[component]
fn NoKeys(is_filtered: bool, href: String) -> impl IntoView {
    match is_filtered {
        true => view! {
            <EmptyState icon=Glyph::Key title="No key is found" text="None has this in its name.">
                <ButtonLink href>"Show all keys"</ButtonLink>
            </EmptyState>
        }
        .into_any(),
        false => view! {
            <EmptyState
                icon=Glyph::Key
                title="No API keys yet"
                text="Give each program a key of its own, with no more rights than it needs."
            />
        }
        .into_any(),
    }
}
