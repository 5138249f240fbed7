//! A foreign page can make its own name point at this machine and then read what it likes, as if it were
//! this site. So the console answers to names it knows: the public one, `localhost`, and bare addresses.

use super::{Console, answers};
use axum::{
    extract::{Request, State},
    http::{StatusCode, uri::Authority},
    middleware::Next,
    response::Response,
};
use conifer_api::hosts::authority;
use conifer_domain::Problem;
use std::net::IpAddr;

/// Probes of orchestrators come under any name, and learn nothing.
const FOR_PROBES: [&str; 2] = ["/healthz", "/readyz"];

pub async fn check(State(console): State<Console>, request: Request, next: Next) -> Response {
    if FOR_PROBES.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    match authority(request.uri(), request.headers()) {
        Some(authority) if is_ours(&authority, console.public_url.host()) => next.run(request).await,
        _ => {
            tracing::warn!("refused a request for another host; --public-url names the host people use");
            answers::with_status(StatusCode::MISDIRECTED_REQUEST, answers::refuse(Problem::BadRequest))
        }
    }
}

fn is_ours(authority: &Authority, public_host: &str) -> bool {
    let host = authority.host();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case(public_host)
        || host.eq_ignore_ascii_case("localhost")
        || address.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_names_are_not_ours() {
        let ours = |host: &'static str| is_ours(&Authority::from_static(host), "conifer.example.com");
        for host in [
            "conifer.example.com",
            "Conifer.Example.com:443",
            "localhost:8080",
            "127.0.0.1:8080",
            "[::1]:8080",
        ] {
            assert!(ours(host), "{host}");
        }
        for host in ["evil.example", "conifer.example.com.evil.example", "localhost.evil.example:8080"] {
            assert!(!ours(host), "{host}");
        }
    }
}
