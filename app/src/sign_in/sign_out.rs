//! Leaving.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
use leptos::prelude::*;

/// Ends this session, also one that still waits for its second factor. Who wishes so comes back to `next`.
#[server(prefix = "/fn", endpoint = "sign-in/out")]
pub async fn sign_out(next: Option<String>) -> Result<(), Failure> {
    let visitor = server::visitor()?;
    conifer_services::sessions::end(&server::services()?, &visitor.origin, &server::session()?).await?;
    let next = next.as_deref().map_or("/", super::next::safe_next);
    server::done(if next == "/" { "/sign-in" } else { next }, conifer_domain::notices::Notice::SignedOut);
    Ok(())
}
