//! Where programs reach an index, so that the address alone says which one is meant.

use crate::ids::ProjectId;
use std::fmt;

/// What stands before an index's label in a path.
pub const PATH_PREFIX: &str = "/svc/";
/// What stands between an index's label and the domain.
const SERVICE: &str = ".svc.";

/// What tells one index from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum IndexHosts {
    /// A port for each: plaintext clients of REST and gRPC work at once.
    #[default]
    Port,
    /// A name for each, `{index}-{project}.svc.{domain}`.
    Domain(String),
    /// A path for each. gRPC has no paths, so it is for REST alone.
    Path,
}

impl IndexHosts {
    /// The label that `host`, a name without port, has for an index.
    pub fn label_of<'a>(&self, host: &'a str) -> Option<&'a str> {
        let Self::Domain(domain) = self else { return None };
        let label_length = host.len().checked_sub(SERVICE.len() + domain.len())?;
        let (label, rest) = host.split_at_checked(label_length)?;
        let (service, found) = rest.split_at_checked(SERVICE.len())?;
        let ours = service.eq_ignore_ascii_case(SERVICE) && found.eq_ignore_ascii_case(domain);
        (ours && !label.is_empty() && !label.contains('.')).then_some(label)
    }
}

/// What names an index among all of a server: its name and the end of its project's id. It fits into a part of a host's name.
pub fn label(index: &str, project: ProjectId) -> String {
    format!("{index}-{}", project.label())
}

/// The path's label and the rest of it, which begins with a slash.
pub fn label_in_path(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix(PATH_PREFIX)?;
    let end = rest.find('/').unwrap_or(rest.len());
    Some(rest.split_at(end))
}

/// Where the API is, as whoever asks sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiAddress {
    pub tls: bool,
    /// A name or an address; that of IPv6 in brackets.
    pub host: String,
    /// Unless it is the scheme's own.
    pub port: Option<u16>,
}

impl ApiAddress {
    /// Where the index is that has this label and this port.
    pub fn of_index(&self, hosts: &IndexHosts, label: &str, port: Option<u16>) -> IndexAddress {
        let at = |host: &str, port: Option<u16>| Self { host: host.to_owned(), port, ..self.clone() };
        let authority = match (hosts, port) {
            (IndexHosts::Port, Some(port)) => at(&self.host, Some(port)).authority(),
            (IndexHosts::Domain(domain), _) => {
                at(&format!("{label}{SERVICE}{domain}"), self.port).authority()
            }
            (IndexHosts::Port | IndexHosts::Path, _) => format!("{}{PATH_PREFIX}{label}", self.authority()),
        };
        IndexAddress { tls: self.tls, bare: authority }
    }

    pub fn url(&self) -> String {
        format!("{}{}", scheme(self.tls), self.authority())
    }

    fn authority(&self) -> String {
        let default = if self.tls { 443 } else { 80 };
        match self.port.filter(|port| *port != default) {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexAddress {
    tls: bool,
    bare: String,
}

impl IndexAddress {
    /// For clients that put a scheme before it themselves.
    pub fn bare(&self) -> &str {
        &self.bare
    }

    pub fn url(&self) -> String {
        format!("{}{}", scheme(self.tls), self.bare)
    }
}

/// As most clients want it: they take https for what has no scheme.
impl fmt::Display for IndexAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "" } else { scheme(false) };
        write!(f, "{scheme}{}", self.bare)
    }
}

const fn scheme(tls: bool) -> &'static str {
    if tls { "https://" } else { "http://" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = "0193b2f0-7d3c-7a51-9f0e-3f1d2c4b5a69";

    fn domain() -> IndexHosts {
        IndexHosts::Domain("vectors.example.com".into())
    }

    fn here(tls: bool, port: u16) -> ApiAddress {
        ApiAddress { tls, host: "db.example.com".into(), port: Some(port) }
    }

    fn films() -> String {
        label("films", PROJECT.parse().expect("an id"))
    }

    #[test]
    fn a_label_is_a_part_of_a_hosts_name() {
        let longest = label(&"a".repeat(45), PROJECT.parse().expect("an id"));
        assert!(longest.len() <= 63, "{longest}");
        assert!(
            longest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{longest}"
        );
        let other = "0193b2f0-7d3c-7a51-9f0e-3f1d2c4b5a68".parse().expect("an id");
        assert_ne!(label("films", other), films());
    }

    #[test]
    fn each_way_has_its_address() {
        let label = films();
        let of =
            |hosts: &IndexHosts, tls, port| here(tls, port).of_index(hosts, &label, Some(5081)).to_string();
        assert_eq!(of(&IndexHosts::Port, false, 5080), "http://db.example.com:5081");
        assert_eq!(of(&IndexHosts::Port, true, 443), "db.example.com:5081");
        assert_eq!(of(&IndexHosts::Path, false, 5080), format!("http://db.example.com:5080/svc/{label}"));
        assert_eq!(of(&IndexHosts::Path, true, 443), format!("db.example.com/svc/{label}"));
        assert_eq!(of(&domain(), true, 443), format!("{label}.svc.vectors.example.com"));
        assert_eq!(of(&domain(), false, 5080), format!("http://{label}.svc.vectors.example.com:5080"));
    }

    #[test]
    fn what_has_no_port_is_reached_by_its_path() {
        let address = here(false, 80).of_index(&IndexHosts::Port, "films-x", None);
        assert_eq!(address.url(), "http://db.example.com/svc/films-x");
        assert_eq!(address.bare(), "db.example.com/svc/films-x");
    }

    #[test]
    fn only_names_right_below_the_service_are_labels() {
        assert_eq!(domain().label_of("films-x.svc.vectors.example.com"), Some("films-x"));
        assert_eq!(domain().label_of("Films-X.SVC.Vectors.Example.Com"), Some("Films-X"));
        for host in [
            "vectors.example.com",
            ".svc.vectors.example.com",
            "a.films-x.svc.vectors.example.com",
            "films-x.svc.vectors.example.com.evil.example",
            "films-x.svc.evilvectors.example.com",
            "ö.svc.x",
        ] {
            assert_eq!(domain().label_of(host), None, "{host}");
        }
        assert_eq!(IndexHosts::Port.label_of("films-x.svc.vectors.example.com"), None);
    }

    #[test]
    fn a_path_names_an_index_before_the_rest() {
        assert_eq!(label_in_path("/svc/films-x/query"), Some(("films-x", "/query")));
        assert_eq!(label_in_path("/svc/films-x"), Some(("films-x", "")));
        assert_eq!(label_in_path("/svc//query"), Some(("", "/query")));
        assert_eq!(label_in_path("/indexes"), None);
    }
}
