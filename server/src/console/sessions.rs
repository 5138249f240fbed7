//! The session's cookie.

use super::Console;
use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
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

/// Browsers take a removal under the bound name only from a secure cookie, and the layer sends a plain one.
pub async fn secure_removal(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(cookie) = response.headers().get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok())
    else {
        return response;
    };
    let is_removal = cookie.strip_prefix(NAME_WITH_TLS).is_some_and(|rest| rest.starts_with("=;"));
    if is_removal && let Ok(secured) = HeaderValue::from_str(&format!("{cookie}; Secure")) {
        response.headers_mut().insert(header::SET_COOKIE, secured);
    }
    response
}
