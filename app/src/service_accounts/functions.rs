//! What the pages of service accounts ask the server for.

#[cfg(feature = "ssr")]
use super::secret::FRESH;
use super::secret::FreshAccount;
use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
use conifer_domain::{
    ids::{OrganizationId, ServiceAccountId},
    paging::Page,
    permissions::Role,
    service_accounts::{ServiceAccount, ServiceAccountQuery},
};
#[cfg(feature = "ssr")]
use conifer_domain::{
    limits::PAGE_LENGTH_MAX,
    paging::Paging,
    permissions::{Action, Verdict, may, verdict},
    projects::ProjectQuery,
};
#[cfg(feature = "ssr")]
use conifer_services::{Services, projects, service_accounts};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One page of the service accounts of an organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceAccounts {
    pub organization_id: OrganizationId,
    /// What the reader is to it.
    pub access: Role,
    /// A secret just made, for the person who made it.
    pub fresh: Option<FreshAccount>,
    /// Projects that can be chosen, as far as one list holds them.
    pub projects: Vec<String>,
    pub page: Page<ServiceAccount>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountDetails {
    pub organization_id: OrganizationId,
    pub access: Role,
    pub fresh: Option<FreshAccount>,
    pub projects: Vec<String>,
    pub account: ServiceAccount,
}

/// The address of the list.
pub fn list_address(organization_id: OrganizationId) -> String {
    format!("/organizations/{organization_id}/service-accounts")
}

pub fn account_address(organization_id: OrganizationId, id: ServiceAccountId) -> String {
    format!("{}/{id}", list_address(organization_id))
}

#[server(prefix = "/fn", endpoint = "service-accounts/list")]
pub async fn list_service_accounts(
    organization_id: String,
    query: ServiceAccountQuery,
) -> Result<ServiceAccounts, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::ViewServiceAccounts>(&services, &organization_id).await?;
    let page = service_accounts::list(&services, &granted, &query).await?;
    let (organization_id, access) = (granted.of(), granted.role());
    let projects = choices(&services, organization_id, access).await?;
    let fresh = fresh(&services, organization_id).await?;
    Ok(ServiceAccounts { organization_id, access, fresh, projects, page })
}

#[server(prefix = "/fn", endpoint = "service-accounts/get")]
pub async fn fetch_service_account(
    organization_id: String,
    account_id: String,
) -> Result<AccountDetails, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::ViewServiceAccounts>(&services, &organization_id).await?;
    let account = service_accounts::get(&services, &granted, server::id(&account_id)?).await?;
    let (organization_id, access) = (granted.of(), granted.role());
    let projects = choices(&services, organization_id, access).await?;
    let fresh = fresh(&services, organization_id).await?.filter(|fresh| fresh.account_id == account.id);
    Ok(AccountDetails { organization_id, access, fresh, projects, account })
}

#[cfg(feature = "ssr")]
async fn fresh(services: &Services, of: OrganizationId) -> Result<Option<FreshAccount>, Failure> {
    let kept = FRESH.kept(services, &server::session()?).await?;
    Ok(kept.filter(|fresh| fresh.organization_id == of))
}

/// None for whom they would be no use to.
#[cfg(feature = "ssr")]
async fn choices(services: &Services, of: OrganizationId, access: Role) -> Result<Vec<String>, Failure> {
    if verdict(Action::UpdateServiceAccounts, access) != Verdict::Allow {
        return Ok(Vec::new());
    }
    let (current, _) = server::signed_in()?;
    let paging = Paging { after: None, limit: Some(PAGE_LENGTH_MAX) };
    let query = ProjectQuery { organization_id: Some(of), paging, ..ProjectQuery::default() };
    let page = projects::page(services, &current, &query).await?;
    Ok(page.items.into_iter().map(|project| project.name).collect())
}
