//! A certificate for the API and for a name of each index, made by an authority of our own.

use super::client::{Answer, Way, new_index, served};
use crate::process::Server;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::json;
use std::{fs, path::Path, sync::Arc, thread, time::Duration};
use tempfile::TempDir;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer};

const DOMAIN: &str = "vectors.example.com";
const API: &str = "api.example.com";

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate").der().clone();
        Self { issuer: Issuer::new(params, key), certificate }
    }

    /// Writes a certificate for the API and the names of indexes.
    fn certify(&self, directory: &Path) -> [String; 2] {
        let names = [API.to_owned(), format!("*.svc.{DOMAIN}")];
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(names).expect("names");
        let leaf = params.signed_by(&key, &self.issuer).expect("a certificate");
        let [chain_file, key_file] = ["chain.pem", "key.pem"].map(|name| directory.join(name));
        fs::write(&chain_file, leaf.pem()).expect("written");
        fs::write(&key_file, key.serialize_pem()).expect("written");
        [
            format!("--api-tls-certificate={}", chain_file.display()),
            format!("--api-tls-key={}", key_file.display()),
        ]
    }

    /// Of clients that trust this authority alone.
    fn trusted(&self) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("an authority");
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().expect("versions");
        Arc::new(config.with_root_certificates(roots).with_no_client_auth())
    }
}

fn certified(authority: &Authority) -> (Server, String, TempDir, Way) {
    let directory = tempfile::tempdir().expect("a directory");
    let [certificate, key] = authority.certify(directory.path());
    let domain = format!("--index-domain={DOMAIN}");
    let public = format!("--api-public-url=https://{API}");
    let (server, key) = served(&[&certificate, &key, "--index-hosts=domain", &domain, &public]);
    let address = server.api.strip_prefix("https://").expect("TLS").to_owned();
    let way = Way { address, name: API.into(), tls: Some(authority.trusted()) };
    (server, key, directory, way)
}

#[test]
fn rest_and_grpc_find_an_index_by_its_name() {
    let authority = Authority::new();
    let (_server, key, _directory, api) = certified(&authority);
    for name in ["films", "books"] {
        let made = api.rest(&key, "POST", "/indexes", Some(&new_index(name)));
        assert_eq!(made.status, 201, "{made:?}");
    }
    let told = api.rest(&key, "GET", "/indexes/films", None).json();
    let host = told["host"].as_str().expect("a host").to_owned();
    assert!(host.starts_with("films-") && host.ends_with(&format!(".svc.{DOMAIN}")), "{host}");
    let films = Way { name: host.clone(), ..api.clone() };
    let body = json!({"vectors": [{"id": "a", "values": [1, 0]}]});
    assert_eq!(films.rest(&key, "POST", "/vectors/upsert", Some(&body)).status, 200);
    assert_eq!(films.grpc_count(&key), Ok(1));
    let books = Way { name: host.replace("films", "books"), ..api.clone() };
    assert_eq!(books.grpc_count(&key), Ok(0));
    let nobody = Way { name: host.replace("films", "filmz"), ..api.clone() };
    assert!(nobody.grpc_count(&key).is_err_and(|said| said.starts_with("5 ")));
    let Answer { status, .. } = nobody.rest(&key, "POST", "/describe_index_stats", Some(&json!({})));
    assert_eq!(status, 404);
}

#[test]
fn a_new_certificate_counts_without_a_restart() {
    let old = Authority::new();
    let (server, key, directory, api) = certified(&old);
    assert_eq!(api.rest(&key, "GET", "/indexes", None).status, 200);
    let new = Authority::new();
    new.certify(directory.path());
    let taken = (0..120).any(|_| {
        thread::sleep(Duration::from_millis(250));
        server.log().contains("the API has a new certificate")
    });
    assert!(taken, "{}", server.log());
    let api = Way { tls: Some(new.trusted()), ..api };
    assert_eq!(api.rest(&key, "GET", "/indexes", None).status, 200);
}
