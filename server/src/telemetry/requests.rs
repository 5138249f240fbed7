//! Every request has an id, one line in the log and its place in the metrics.

use super::metrics::{self, InFlight};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use conifer_api::Route;
use conifer_domain::ids::UserId;
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::Instant,
};
use tracing::{Instrument, debug, info, info_span};
use uuid::Uuid;

use crate::listener::Peer;

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Asked every few seconds, they would drown the rest; so would what programs do with records.
const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];
const REQUEST_ID_LENGTH_MAX: usize = 64;

/// Proxies whose word about the client counts.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(pub Arc<[IpAddr]>);

/// Who asks and under which id the log tells of it.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: IpAddr,
    pub request_id: Arc<str>,
    /// Whether it came through a trusted proxy, whose word about hosts counts too.
    pub by_proxy: bool,
}

/// Put into an answer's extensions by whoever found out who is signed in.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredTo(pub UserId);

pub async fn observe(State(proxies): State<TrustedProxies>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let _in_flight = InFlight::begin();
    let client = client(&proxies, &request);
    request.extensions_mut().insert(client.clone());
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let span = info_span!("request", id = %client.request_id);
    let mut response = next.run(request).instrument(span).await;
    let (status, took) = (response.status().as_u16(), started.elapsed());
    let of_api = response.extensions_mut().remove::<Route>();
    // Neither path nor query: links carry tokens.
    let route = match (&matched, &of_api) {
        (Some(route), _) => route.as_str(),
        (None, Some(route)) => &*route.path,
        (None, None) => "unmatched",
    };
    metrics::answered(&method, route, status, took);
    let is_many = PROBES.contains(&route) || of_api.as_ref().is_some_and(|route| route.is_data);
    let is_quiet = is_many && status < 400;
    let user = response.extensions().get::<AnsweredTo>().map(|AnsweredTo(id)| id.to_string());
    let (request_id, ms) = (&client.request_id, took.as_millis() as u64);
    if is_quiet {
        debug!(%request_id, %method, route, status, ms, "request");
    } else {
        info!(%request_id, %method, route, status, ms, user, "request");
    }
    if let Ok(id) = HeaderValue::from_str(&client.request_id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn client(proxies: &TrustedProxies, request: &Request) -> Client {
    let peer = request.extensions().get::<Peer>().map(|Peer(peer)| peer.ip().to_canonical());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    if !proxies.0.contains(&peer) {
        return Client { address: peer, request_id: new_id(), by_proxy: false };
    }
    let forwarded = request.headers().get_all(FORWARDED_FOR);
    let forwarded = forwarded.iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    Client {
        address: forwarded_for(&forwarded, proxies).unwrap_or(peer),
        request_id: request.headers().get(REQUEST_ID).and_then(given_id).unwrap_or_else(new_id),
        by_proxy: true,
    }
}

/// The last address that is not itself a trusted proxy: what stands before it anybody could have written.
fn forwarded_for(value: &str, proxies: &TrustedProxies) -> Option<IpAddr> {
    let addresses = value.split(',').map(|part| part.trim().parse::<IpAddr>().ok());
    addresses.rev().find(|address| !address.is_some_and(|address| proxies.0.contains(&address)))?
}

fn new_id() -> Arc<str> {
    Uuid::now_v7().to_string().into()
}

fn given_id(value: &HeaderValue) -> Option<Arc<str>> {
    let id = value.to_str().ok()?;
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (plain && (1..=REQUEST_ID_LENGTH_MAX).contains(&id.len())).then(|| id.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn seen(peer: &str, headers: &[(&str, &str)]) -> Client {
        let proxies = TrustedProxies(["10.0.0.1".parse().expect("an address")].into());
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer = Peer((peer.parse::<IpAddr>().expect("an address"), 1).into());
        client(&proxies, &request.extension(peer).body(Body::empty()).expect("a request"))
    }

    #[test]
    fn only_a_trusted_proxy_speaks_for_the_client() {
        let forged = [("x-forwarded-for", "203.0.113.7"), ("x-request-id", "mine")];
        let stranger = seen("192.0.2.1", &forged);
        assert_eq!(stranger.address.to_string(), "192.0.2.1");
        assert_ne!(&*stranger.request_id, "mine");
        let proxied = seen("10.0.0.1", &forged);
        assert_eq!(proxied.address.to_string(), "203.0.113.7");
        assert_eq!(&*proxied.request_id, "mine");
    }

    #[test]
    fn what_the_client_wrote_before_the_proxy_does_not_count() {
        let client = seen("10.0.0.1", &[("x-forwarded-for", "198.51.100.1, 203.0.113.7, 10.0.0.1")]);
        assert_eq!(client.address.to_string(), "203.0.113.7");
        let client = seen("10.0.0.1", &[("x-forwarded-for", "198.51.100.1, nonsense")]);
        assert_eq!(client.address.to_string(), "10.0.0.1");
    }

    #[test]
    fn a_forwarded_id_cannot_forge_log_lines() {
        let client = seen("10.0.0.1", &[("x-request-id", "a b\" status=200")]);
        assert!(client.request_id.parse::<Uuid>().is_ok());
    }
}
