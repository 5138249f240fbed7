//! Where programs reach the API, for pages that tell people so.

use axum::http::{header, request::Parts, uri::Authority};
use conifer_app::server::Reached;
use conifer_domain::hosts::{ApiAddress, IndexHosts};

/// What the server knows of its API.
#[derive(Clone, Debug)]
pub struct ApiDoor {
    /// What the operator says, where they do.
    pub public: Option<ApiAddress>,
    pub tls: bool,
    pub port: u16,
    pub hosts: IndexHosts,
}

impl ApiDoor {
    /// Unless the operator says otherwise, the API is on the machine that people find the console on.
    pub fn reached(&self, asked: &Parts) -> Reached {
        let found = || ApiAddress { tls: self.tls, host: host(asked), port: Some(self.port) };
        Reached { api: self.public.clone().unwrap_or_else(found), hosts: self.hosts.clone() }
    }
}

fn host(asked: &Parts) -> String {
    let given = || asked.headers.get(header::HOST)?.to_str().ok()?.parse::<Authority>().ok();
    let authority = asked.uri.authority().cloned().or_else(given);
    authority.map_or_else(|| "localhost".to_owned(), |authority| authority.host().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn url(public: Option<&str>, tls: bool, host: &str) -> String {
        let public = public.map(|host| ApiAddress { tls: true, host: host.into(), port: None });
        let door = ApiDoor { public, tls, port: 5080, hosts: IndexHosts::Port };
        let request = Request::get("/").header("host", host).body(()).expect("a request");
        door.reached(&request.into_parts().0).api.url()
    }

    #[test]
    fn the_api_is_where_people_find_the_console() {
        assert_eq!(url(None, false, "127.0.0.1:8080"), "http://127.0.0.1:5080");
        assert_eq!(url(None, true, "conifer.example"), "https://conifer.example:5080");
        assert_eq!(url(None, false, "[::1]:8080"), "http://[::1]:5080");
    }

    #[test]
    fn what_the_operator_says_counts() {
        assert_eq!(url(Some("api.example"), false, "127.0.0.1:8080"), "https://api.example");
    }
}
