//! The mail server and the ports.

use super::Finding;
use crate::settings::{Addresses, Mail};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use url::Url;

const MAIL: &str = "mail";
const PORTS: &str = "ports";
const CONNECT_WAIT_MAX: Duration = Duration::from_secs(5);

pub async fn mail(mail: &Mail) -> Finding {
    let Some(url) = &mail.smtp_url else {
        return Finding::warn(MAIL, "no --smtp-url: mails stay in the outbox, see `conifer outbox`");
    };
    let Some((host, port)) = Url::parse(url.expose()).ok().and_then(|url| server(&url)) else {
        return Finding::fail(MAIL, "--smtp-url names no server");
    };
    match timeout(CONNECT_WAIT_MAX, TcpStream::connect((host.as_str(), port))).await {
        Ok(Ok(_)) => Finding::ok(MAIL, format!("{host}:{port} answers")),
        Ok(Err(error)) => Finding::fail(MAIL, format!("{host}:{port} cannot be reached: {error}")),
        Err(_) => Finding::fail(MAIL, format!("{host}:{port} does not answer")),
    }
}

fn server(url: &Url) -> Option<(String, u16)> {
    let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']').to_owned();
    let by_encryption = || match (url.scheme(), url.query()) {
        ("smtps", _) => 465,
        (_, Some(query)) if query.contains("tls=") => 587,
        _ => 25,
    };
    Some((host, url.port().unwrap_or_else(by_encryption)))
}

pub async fn ports(addresses: &Addresses) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (flag, address) in [("--console-listen", addresses.console), ("--api-listen", addresses.api)] {
        findings.push(match TcpListener::bind(address).await {
            Ok(_) => Finding::ok(PORTS, format!("{flag} {address} is free")),
            Err(error) => Finding::warn(
                PORTS,
                format!("{flag} {address}: {error}. If that is Conifer running, all is well."),
            ),
        });
    }
    findings.push(index_ports(addresses).await);
    findings
}

async fn index_ports(addresses: &Addresses) -> Finding {
    let range = addresses.index_ports;
    let mut taken = Vec::new();
    for port in range.first..=range.last {
        if TcpListener::bind(SocketAddr::new(addresses.api.ip(), port)).await.is_err() {
            taken.push(port.to_string());
        }
    }
    match taken.as_slice() {
        [] => Finding::ok(PORTS, format!("--index-ports {range} are free")),
        taken => {
            Finding::warn(PORTS, format!("of --index-ports {range} these are taken: {}", taken.join(", ")))
        }
    }
}
