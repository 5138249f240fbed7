//! What the playground asks the server for.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
#[cfg(feature = "ssr")]
use conifer_domain::permissions::may;
use conifer_domain::records::{Found, Picture, Search};
#[cfg(feature = "ssr")]
use conifer_services::records::console;
use leptos::prelude::*;

/// None while nothing is looked for.
#[server(prefix = "/fn", endpoint = "playground/search")]
pub async fn search_records(id: String, #[server(default)] query: Search) -> Result<Option<Found>, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::QueryVectors>(&services, &id).await?;
    if !query.is_asked() {
        return Ok(None);
    }
    Ok(Some(console::search(&services, &granted, &query).await?))
}

/// Where these records lie, among others of their namespace, in two dimensions.
#[server(prefix = "/fn", endpoint = "playground/picture")]
pub async fn picture_records(
    id: String,
    #[server(default)] namespace: String,
    #[server(default)] ids: Vec<String>,
) -> Result<Picture, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::FetchVectors>(&services, &id).await?;
    Ok(console::picture(&services, &granted, &namespace, &ids).await?)
}
