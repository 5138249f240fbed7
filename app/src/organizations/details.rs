use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
use conifer_domain::organizations::OrganizationDetails;
use leptos::prelude::*;

/// An id that is none is as unknown as one of nobody.
#[server(prefix = "/fn", endpoint = "organizations/get")]
pub async fn fetch_organization(id: String) -> Result<OrganizationDetails, Failure> {
    let services = server::services()?;
    let granted = server::granted(&services, &id).await?;
    Ok(conifer_services::organizations::get(&services, &granted).await?)
}
