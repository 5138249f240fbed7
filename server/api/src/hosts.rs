//! Which index a request is about, and which address an index has for whoever asks: the two sides of one thing.

use axum::http::{HeaderMap, HeaderName, Request, Uri, header, request::Parts, uri::Authority};
use conifer_domain::{
    hosts::{ApiAddress, IndexHosts, label, label_in_path},
    ids::{IndexId, ProjectId},
};

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
/// What the user agent of the Java client says: it puts the scheme before the host itself.
const PUTS_SCHEME: &str = "lang=java";

/// How a request came in, as its listener knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arrival {
    /// The index whose port it is.
    pub index: Option<IndexId>,
    pub tls: bool,
    /// Whether the word of whoever opened the connection counts: a proxy that the operator named.
    pub trusted: bool,
}

/// What a request is about, in its extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The project of the key.
    Control,
    /// One index. An address that leads to none leads to an id that no index has, and gets the answer of a foreign one.
    Index(IndexId),
}

#[derive(Clone, Debug, Default)]
pub struct Hosts {
    pub indexes: IndexHosts,
    /// Where the API is, if the operator says so; otherwise it is where requests come to.
    pub public: Option<ApiAddress>,
}

impl Hosts {
    /// By port, name or path; a path loses what named the index.
    pub fn target<B>(&self, request: &mut Request<B>, find: impl Fn(&str) -> Option<IndexId>) -> Target {
        let arrival = request.extensions().get::<Arrival>().copied().unwrap_or_default();
        if let Some(id) = arrival.index {
            return Target::Index(id);
        }
        let index = |label: &str| Target::Index(find(label).unwrap_or(IndexId::NONE));
        let authority = self.needs_names().then(|| authority(request.uri(), request.headers())).flatten();
        if let Some(label) = authority.as_ref().and_then(|authority| self.indexes.label_of(authority.host()))
        {
            return index(label);
        }
        match label_in_path(request.uri().path()) {
            None => Target::Control,
            Some((label, _)) => {
                let target = index(label);
                let rest = without_label(request.uri());
                *request.uri_mut() = rest;
                target
            }
        }
    }

    fn needs_names(&self) -> bool {
        matches!(self.indexes, IndexHosts::Domain(_))
    }

    /// The `host` in the description of an index, which the asker's client will go to.
    pub fn of_index(&self, asked: &Parts, name: &str, project: ProjectId, port: Option<u16>) -> String {
        let address = self.reached(asked).of_index(&self.indexes, &label(name, project), port);
        let agent = asked.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        match agent {
            Some(agent) if agent.contains(PUTS_SCHEME) => address.bare().to_owned(),
            _ => address.to_string(),
        }
    }

    /// Where the asker finds the API.
    fn reached(&self, asked: &Parts) -> ApiAddress {
        if let Some(public) = &self.public {
            return public.clone();
        }
        let arrival = asked.extensions.get::<Arrival>().copied().unwrap_or_default();
        let forwarded = |name| arrival.trusted.then(|| first(&asked.headers, name)).flatten();
        let tls =
            forwarded(FORWARDED_PROTO).map_or(arrival.tls, |scheme| scheme.eq_ignore_ascii_case("https"));
        let forwarded = forwarded(FORWARDED_HOST).and_then(|host| host.parse::<Authority>().ok());
        let authority = forwarded.or_else(|| authority(&asked.uri, &asked.headers));
        let authority = authority.unwrap_or_else(|| Authority::from_static("localhost"));
        ApiAddress { tls, host: authority.host().to_owned(), port: authority.port_u16() }
    }
}

/// The host that a request is for, from the request line or the header.
pub fn authority(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    let given = || headers.get(header::HOST)?.to_str().ok()?.parse().ok();
    uri.authority().cloned().or_else(given)
}

/// What the outermost proxy wrote.
fn first(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()?.split(',').next().map(str::trim).filter(|text| !text.is_empty())
}

fn without_label(uri: &Uri) -> Uri {
    let (_, path) = label_in_path(uri.path()).unwrap_or(("", uri.path()));
    let path = if path.is_empty() { "/" } else { path };
    let rest = match uri.query() {
        Some(query) => format!("{path}?{query}").parse(),
        None => path.parse(),
    };
    rest.unwrap_or_else(|_| Uri::from_static("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = "0193b2f0-7d3c-7a51-9f0e-3f1d2c4b5a69";
    const FILMS: &str = "0193b2f0-7d3c-7a51-9f0e-000000000001";

    fn films() -> IndexId {
        FILMS.parse().expect("an id")
    }

    fn domain() -> Hosts {
        Hosts { indexes: IndexHosts::Domain("example.com".into()), public: None }
    }

    fn target(hosts: &Hosts, arrival: Arrival, host: &str, path: &str) -> (Target, String) {
        let request = Request::get(path).header("host", host).extension(arrival);
        let mut request = request.body(()).expect("a request");
        let target = hosts.target(&mut request, |label| (label == "films-x").then(films));
        (target, request.uri().to_string())
    }

    #[test]
    fn a_port_names_its_index_whatever_else_is_said() {
        let arrival = Arrival { index: Some(films()), ..Arrival::default() };
        let found = target(&domain(), arrival, "other-x.svc.example.com", "/svc/other-x/query");
        assert_eq!(found, (Target::Index(films()), "/svc/other-x/query".into()));
    }

    #[test]
    fn a_name_names_an_index_where_there_is_a_domain() {
        let at = |hosts: &Hosts, host| target(hosts, Arrival::default(), host, "/query").0;
        assert_eq!(at(&domain(), "films-x.svc.example.com:5080"), Target::Index(films()));
        assert_eq!(at(&domain(), "other-x.svc.example.com"), Target::Index(IndexId::NONE));
        assert_eq!(at(&domain(), "example.com"), Target::Control);
        assert_eq!(at(&Hosts::default(), "films-x.svc.example.com"), Target::Control);
    }

    #[test]
    fn a_path_names_an_index_and_is_shortened() {
        let at = |path| target(&Hosts::default(), Arrival::default(), "localhost:5080", path);
        assert_eq!(
            at("/svc/films-x/vectors/list?limit=3"),
            (Target::Index(films()), "/vectors/list?limit=3".into())
        );
        assert_eq!(at("/svc/films-x"), (Target::Index(films()), "/".into()));
        assert_eq!(at("/svc/other-x/query"), (Target::Index(IndexId::NONE), "/query".into()));
        assert_eq!(at("/svc//query"), (Target::Index(IndexId::NONE), "/query".into()));
        assert_eq!(at("/indexes"), (Target::Control, "/indexes".into()));
    }

    fn host(hosts: &Hosts, arrival: Arrival, headers: &[(&str, &str)]) -> String {
        let mut request = Request::get("/indexes").extension(arrival);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).expect("a request").into_parts();
        hosts.of_index(&parts, "films", PROJECT.parse().expect("an id"), Some(5081))
    }

    #[test]
    fn the_host_is_where_the_asker_found_us() {
        let (ports, plain) = (Hosts::default(), Arrival::default());
        let tls = Arrival { tls: true, ..plain };
        assert_eq!(host(&ports, plain, &[("host", "box.lan:5080")]), "http://box.lan:5081");
        assert_eq!(host(&ports, plain, &[("host", "[::1]:5080")]), "http://[::1]:5081");
        assert_eq!(host(&ports, tls, &[("host", "box.lan:5080")]), "box.lan:5081");
        assert_eq!(host(&ports, plain, &[]), "http://localhost:5081");
        let java = [("host", "box.lan:5080"), ("user-agent", "lang=java; pineconeClientVersion=v6.2.0")];
        assert_eq!(host(&ports, plain, &java), "box.lan:5081");
    }

    #[test]
    fn only_a_trusted_proxy_says_where_that_was() {
        let said = [
            ("host", "10.0.0.7:5080"),
            ("x-forwarded-host", "api.example.com"),
            ("x-forwarded-proto", "https"),
        ];
        let paths = Hosts { indexes: IndexHosts::Path, public: None };
        let label = label("films", PROJECT.parse().expect("an id"));
        assert_eq!(host(&paths, Arrival::default(), &said), format!("http://10.0.0.7:5080/svc/{label}"));
        let trusted = Arrival { trusted: true, ..Arrival::default() };
        assert_eq!(host(&paths, trusted, &said), format!("api.example.com/svc/{label}"));
        let public = ApiAddress { tls: true, host: "vectors.example.org".into(), port: None };
        let told = Hosts { public: Some(public), ..paths };
        assert_eq!(host(&told, Arrival::default(), &said), format!("vectors.example.org/svc/{label}"));
    }
}
