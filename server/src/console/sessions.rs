//! The session's cookie.

use super::Console;
use conifer_domain::limits::{SECOND_MS, SESSION_AGE_MAX_MS};
use conifer_services::sessions::Store;
use tower_sessions::{
    Expiry, SessionManagerLayer,
    cookie::{SameSite, time::Duration},
};

/// With TLS the name binds the cookie to this host alone; browsers refuse that name without TLS.
const NAME_WITH_TLS: &str = "__Host-conifer";
const NAME: &str = "conifer";

/// The cookie lives as long as a session can; when it ends earlier, the store says so.
pub fn layer(console: &Console) -> SessionManagerLayer<Store> {
    let https = console.public_url.is_https();
    SessionManagerLayer::new(Store::new(&console.services))
        .with_name(if https { NAME_WITH_TLS } else { NAME })
        .with_secure(https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(SESSION_AGE_MAX_MS / SECOND_MS)))
}
