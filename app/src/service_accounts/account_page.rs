//! The page of one service account.

use super::{
    about::About,
    functions::{AccountDetails, FetchServiceAccount, list_address},
    projects::ProjectsCard,
    secret::SecretCard,
    settings::{DeleteCard, EnabledCard, RenameCard, RoleCard, RotateCard},
};
use crate::{
    chunks::Page,
    loaded::{Loaded, load, when_loaded},
    organizations::use_organization_id,
    permitted::why_not,
    ui::*,
};
use conifer_domain::permissions::Action;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

pub struct ServiceAccountPage {
    account: Loaded<AccountDetails>,
}

impl Page for ServiceAccountPage {
    fn data() -> Self {
        let (organization, params) = (use_organization_id(), use_params_map());
        let id = Memo::new(move |_| params.with(|params| params.get("account_id").unwrap_or_default()));
        let account =
            load(move || FetchServiceAccount { organization_id: organization.get(), account_id: id.get() });
        Self { account }
    }

    fn view(this: Self) -> AnyView {
        when_loaded(this.account, |details| view! { <AccountView details /> }).into_any()
    }
}

#[component]
fn AccountView(details: AccountDetails) -> impl IntoView {
    let AccountDetails { organization_id, access, fresh, projects, account } = details;
    let title = account.name.clone();
    let log = format!("/organizations/{organization_id}/audit?actor={}", account.id);
    let no_log = why_not(Action::ViewAuditLog, access);
    view! {
        <Title text=title.clone() />
        <PageHeader title>
            <ButtonLink href=list_address(organization_id) icon=Glyph::ArrowLeft>
                "All service accounts"
            </ButtonLink>
            <ButtonLink href=log icon=Glyph::Clock disabled_reason=no_log>
                "What it did"
            </ButtonLink>
        </PageHeader>
        <div class="stack">
            {fresh.map(|fresh| view! { <SecretCard fresh /> })}
            <About account=account.clone() />
            <RoleCard organization_id access account=account.clone() />
            <ProjectsCard organization_id access account=account.clone() projects />
            <RotateCard organization_id access account=account.clone() />
            <EnabledCard organization_id access account=account.clone() />
            <RenameCard organization_id access account=account.clone() />
            <DeleteCard organization_id access account />
        </div>
    }
    .into_any()
}
