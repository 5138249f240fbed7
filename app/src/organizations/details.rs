use crate::Failure;
use crate::loaded::{Loaded, load};
#[cfg(feature = "ssr")]
use crate::server;
use conifer_domain::organizations::OrganizationDetails;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// An id that is none is as unknown as one of nobody.
#[server(prefix = "/fn", endpoint = "organizations/get")]
pub async fn fetch_organization(id: String) -> Result<OrganizationDetails, Failure> {
    let services = server::services()?;
    let granted = server::granted(&services, &id).await?;
    Ok(conifer_services::organizations::get(&services, &granted).await?)
}

/// The id in the address of the page.
pub fn use_organization_id() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("organization_id").unwrap_or_default()))
}

/// The organization that the page is about.
pub fn load_organization() -> Loaded<OrganizationDetails> {
    let id = use_organization_id();
    load(move || FetchOrganization { id: id.get() })
}
