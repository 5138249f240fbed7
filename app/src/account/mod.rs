//! A person's own account: one page for each of its subjects.

pub mod email;
pub mod password;
pub mod profile;
pub mod sessions;
pub mod tabs;
pub mod two_factor;

#[cfg(feature = "ssr")]
use crate::server;
use crate::{Failure, loaded::Loaded, loaded::load};
use conifer_domain::accounts::AccountDetails;
use leptos::prelude::*;

#[server(prefix = "/fn", endpoint = "account/details")]
pub async fn fetch_details() -> Result<AccountDetails, Failure> {
    let (current, _) = server::signed_in()?;
    Ok(conifer_services::accounts::details(&server::services()?, &current).await?)
}

pub fn load_details() -> Loaded<AccountDetails> {
    load(|| FetchDetails {})
}
