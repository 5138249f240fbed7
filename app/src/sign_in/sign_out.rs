//! Leaving.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
use leptos::prelude::*;

/// Ends this session, also one that still waits for its second factor.
#[server(prefix = "/fn", endpoint = "sign-in/out")]
pub async fn sign_out() -> Result<(), Failure> {
    let visitor = server::visitor()?;
    conifer_services::sessions::end(&server::services()?, &visitor.origin, &server::session()?).await?;
    server::done("/sign-in", conifer_domain::notices::Notice::SignedOut);
    Ok(())
}
