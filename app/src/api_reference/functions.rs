//! What the page of the API asks the server for.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
use conifer_domain::api_reference::ApiReference;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Described {
    /// Where programs reach the API.
    pub api_url: String,
    pub reference: ApiReference,
}

/// For everybody who is signed in: it tells of no place.
#[server(prefix = "/fn", endpoint = "api-reference/read")]
pub async fn read_reference(#[server(default)] search: String) -> Result<Described, Failure> {
    server::signed_in()?;
    let reference = server::api_reference()?.matching(&search);
    Ok(Described { api_url: server::api_url()?, reference })
}
