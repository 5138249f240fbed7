//! What operators and their tools ask: is it alive, is it ready, what are its numbers.

use super::{Console, answers};
use crate::listener::Peer;
use axum::{
    Extension, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use conifer_domain::Problem;
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::time::timeout;

const PING_WAIT_MAX: Duration = Duration::from_secs(2);

pub fn routes() -> Router<Console> {
    Router::new()
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

async fn ready(State(console): State<Console>) -> Response {
    if console.shutdown.begun() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    match timeout(PING_WAIT_MAX, console.services.db().ping()).await {
        Ok(Ok(())) => "ready\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// For this machine alone, or for who knows the token. Others learn nothing.
async fn metrics(
    State(console): State<Console>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
) -> Response {
    let local = peer.ip().to_canonical().is_loopback() && !is_proxied(&console, &headers);
    if !local && !has_token(&console, &headers) {
        return answers::refuse(Problem::NotFound);
    }
    let page = console.metrics.render(&console.services);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page).into_response()
}

/// Behind a proxy on this machine everybody seems to be this machine, and not every proxy leaves a trace:
/// a public URL that leads elsewhere says enough.
fn is_proxied(console: &Console, headers: &HeaderMap) -> bool {
    let traces = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];
    !console.proxies.0.is_empty()
        || !console.public_url.is_loopback()
        || traces.iter().any(|name| headers.contains_key(*name))
}

fn has_token(console: &Console, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer "));
    match (given, &console.metrics_token) {
        (Some(given), Some(token)) => given.as_bytes().ct_eq(token.expose().as_bytes()).into(),
        _ => false,
    }
}
