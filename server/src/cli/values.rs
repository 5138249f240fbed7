//! What a flag's text stands for, and what is allowed.

use conifer_domain::hosts::ApiAddress;
use secrecy::{ExposeSecret, SecretString};
use std::{fmt, fs, ops::RangeInclusive, str::FromStr};
use url::Url;

/// A value that is shown nowhere: the text itself, or `@path` of a file that holds it.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub fn into_inner(self) -> SecretString {
        self.0
    }
}

/// Fails only for files, so that a message which repeats the value repeats no secret.
impl FromStr for Secret {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let Some(path) = text.strip_prefix('@') else {
            return if text.trim().is_empty() { Err("it is empty".into()) } else { Ok(Self::new(text)) };
        };
        let held = fs::read_to_string(path).map_err(|error| format!("cannot read this file: {error}"))?;
        match held.trim() {
            "" => Err("this file is empty".into()),
            held => Ok(Self::new(held)),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// Ports for one index each, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexPorts {
    pub first: u16,
    pub last: u16,
}

impl IndexPorts {
    pub fn contains(self, port: u16) -> bool {
        (self.first..=self.last).contains(&port)
    }
}

impl From<IndexPorts> for RangeInclusive<u16> {
    fn from(ports: IndexPorts) -> Self {
        ports.first..=ports.last
    }
}

impl FromStr for IndexPorts {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        const SHAPE: &str = "write it as FIRST-LAST, two ports from 1024 to 65535, such as 5081-5180";
        let (first, last) = text.split_once('-').ok_or(SHAPE)?;
        let port = |text: &str| text.trim().parse::<u16>().ok().filter(|port| *port >= 1024).ok_or(SHAPE);
        let ports = Self { first: port(first)?, last: port(last)? };
        if ports.first > ports.last {
            return Err(format!("the first port, {first}, is after the last, {last}"));
        }
        Ok(ports)
    }
}

impl fmt::Display for IndexPorts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

/// A domain in lower case, without a dot at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainName(String);

impl DomainName {
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl FromStr for DomainName {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        const SHAPE: &str = "write it like vectors.example.com, without scheme and port";
        // So that the name of an index, 63 bytes and `.svc.`, fits before it.
        const LENGTH_MAX_BYTES: usize = 180;
        match url::Host::parse(text) {
            Ok(url::Host::Domain(name)) if name.len() <= LENGTH_MAX_BYTES && !name.ends_with('.') => {
                Ok(Self(name))
            }
            _ => Err(SHAPE.into()),
        }
    }
}

/// Where the console or the API is reached: scheme, host and port, nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// As browsers write it in `Origin`: no default port, no slash at the end.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// As the words for addresses have it.
    pub fn address(&self) -> ApiAddress {
        ApiAddress { tls: self.is_https(), host: self.host().to_owned(), port: self.0.port() }
    }

    /// Host and, unless it is the scheme's own, port: as browsers write it in `Host`.
    pub fn authority(&self) -> &str {
        self.0.authority()
    }

    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

impl FromStr for PublicUrl {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        const SHAPE: &str = "write it as http(s)://host or http(s)://host:port";
        let url = Url::parse(text).map_err(|error| format!("{error}; {SHAPE}"))?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(SHAPE.into());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(format!("it may not name a user or password; {SHAPE}"));
        }
        if !bare {
            return Err(format!("Conifer has its host for itself, a path is not supported; {SHAPE}"));
        }
        Ok(Self(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_ports_are_a_range_in_order() {
        assert_eq!("5081-5180".parse(), Ok(IndexPorts { first: 5081, last: 5180 }));
        assert_eq!("5081-5081".parse(), Ok(IndexPorts { first: 5081, last: 5081 }));
        for text in
            ["5180-5081", "5081", "5081-", "-5081", "a-b", "80-90", "5081-65536", "5081-5082-5083", ""]
        {
            assert!(text.parse::<IndexPorts>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_domain_is_a_name_alone() {
        assert_eq!("Vectors.Example.com".parse(), Ok(DomainName("vectors.example.com".into())));
        for text in
            ["", "https://example.com", "example.com:443", "127.0.0.1", "[::1]", "example.com.", "a b"]
        {
            assert!(text.parse::<DomainName>().is_err(), "{text}");
        }
        assert!(vec!["a"; 100].join(".").parse::<DomainName>().is_err());
    }

    #[test]
    fn the_public_url_is_an_origin() {
        let origin = |text: &str| text.parse::<PublicUrl>().map(|url| url.origin());
        assert_eq!(origin("https://Conifer.Example.com/"), Ok("https://conifer.example.com".into()));
        assert_eq!(origin("https://conifer.example.com:443"), Ok("https://conifer.example.com".into()));
        assert_eq!(origin("http://localhost:8080"), Ok("http://localhost:8080".into()));
        for text in [
            "conifer.example.com",
            "ftp://example.com",
            "https://example.com/console",
            "https://ada:x@example.com",
        ] {
            assert!(origin(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_secret_is_text_or_a_file_and_never_shown() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), "s3cret\n").expect("written");
        let held: Secret = format!("@{}", file.path().display()).parse().expect("a secret");
        assert_eq!(held.expose(), "s3cret");
        assert_eq!("plain".parse::<Secret>().expect("a secret").expose(), "plain");
        assert_eq!(format!("{held:?}"), "[secret]");
        assert!("@/does/not/exist".parse::<Secret>().is_err());
    }
}
