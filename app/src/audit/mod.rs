//! The audit log of an organization: who did what, newest first.

mod deeds;
mod entries;
mod search;

#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    chunks::Page as ConsolePage,
    errors::ProblemPage,
    list::use_paging,
    loaded::{Loaded, load, when_loaded, when_loaded_below_title},
    organizations::{load_organization, use_organization_id},
    ui::*,
};
use conifer_domain::{
    Problem,
    audit::{AuditEntry, AuditSearch},
    organizations::OrganizationDetails,
    paging::{Page, Paging},
    permissions::{Action, Verdict, verdict},
};
use entries::Entries;
use leptos::prelude::*;
use leptos_meta::Title;
use search::{SearchForm, query, use_search};

#[server(prefix = "/fn", endpoint = "audit/list")]
pub async fn list_audit_entries(
    id: String,
    #[server(default)] search: AuditSearch,
    #[server(default)] paging: Paging,
) -> Result<Page<AuditEntry>, Failure> {
    let services = server::services()?;
    let granted = server::granted(&services, &id).await?;
    let filter = conifer_services::audit::filter(&search)?;
    Ok(conifer_services::audit::list(&services, &granted, &filter, &paging).await?)
}

pub struct AuditPage {
    organization: Loaded<OrganizationDetails>,
    entries: Loaded<Page<AuditEntry>>,
    search: Memo<AuditSearch>,
}

impl ConsolePage for AuditPage {
    fn data() -> Self {
        let id = use_organization_id();
        let (search, paging) = (use_search(), use_paging());
        Self {
            organization: load_organization(),
            entries: load(move || ListAuditEntries {
                id: id.get(),
                search: search.get(),
                paging: paging.get(),
            }),
            search,
        }
    }

    fn view(this: Self) -> AnyView {
        let Self { organization, entries, search } = this;
        when_loaded(organization, move |organization| {
            const VIEW: Action = Action::ViewAuditLog;
            match verdict(VIEW, organization.access) {
                Verdict::Allow => view! { <Log organization entries search /> }.into_any(),
                _ => view! { <ProblemPage problem=Problem::Denied { action: VIEW } /> }.into_any(),
            }
        })
        .into_any()
    }
}

#[component]
fn Log(
    organization: OrganizationDetails,
    entries: Loaded<Page<AuditEntry>>,
    search: Memo<AuditSearch>,
) -> impl IntoView {
    let path = format!("/organizations/{}/audit", organization.id);
    let export = format!("{path}/export");
    view! {
        <Title text=format!("Audit log of {}", organization.name) />
        <PageHeader title="Audit log" text="Every change and every denial in this organization, newest first.">
            {move || {
                // A file is not a page: the router must leave the link to the browser.
                let href = format!("{export}{}", query(&search.get()));
                view! {
                    <ButtonLink href icon=Glyph::Download attr:download="">
                        "Export as JSONL"
                    </ButtonLink>
                }
            }}
        </PageHeader>
        <SearchForm search />
        {when_loaded_below_title(
            entries,
            move |page| view! { <Entries page search=search.get_untracked() path=path.clone() /> },
        )}
    }
}
