//! The API's certificate. When its files change they are read again: connections from then on get the new one.

use crate::{
    settings::TlsFiles,
    stop::{Result, Stop},
};
use arc_swap::ArcSwap;
use std::{fs, io, sync::Arc};
use tokio::net::TcpStream;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        crypto::{CryptoProvider, ring},
        pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject},
        server::{ClientHello, ResolvesServerCert},
        sign::CertifiedKey,
    },
    server::TlsStream,
};

/// What clients may speak after the handshake, the better one first.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

#[derive(Clone)]
pub struct Tls {
    acceptor: TlsAcceptor,
    certificate: Arc<Certificate>,
}

/// The certificate of the moment and the files it came from.
#[derive(Debug)]
struct Certificate {
    files: TlsFiles,
    provider: Arc<CryptoProvider>,
    current: ArcSwap<Loaded>,
}

#[derive(Debug)]
struct Loaded {
    pem: Pem,
    key: Arc<CertifiedKey>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pem {
    chain: Vec<u8>,
    key: Vec<u8>,
}

#[derive(Debug, thiserror::Error)]
enum Unusable {
    #[error("{0}")]
    File(#[from] io::Error),
    #[error("not in PEM form: {0}")]
    Pem(#[from] pem::Error),
    #[error("{0}")]
    Tls(#[from] rustls::Error),
    #[error("--api-tls-certificate holds no certificate")]
    Empty,
}

impl Tls {
    pub fn load(files: &TlsFiles) -> Result<Self> {
        Self::open(files.clone()).map_err(|error| {
            let TlsFiles { certificate, key } = files;
            Stop::wrong_setting(format!(
                "--api-tls-certificate {} and --api-tls-key {} cannot be used: {error}",
                certificate.display(),
                key.display()
            ))
        })
    }

    fn open(files: TlsFiles) -> Result<Self, Unusable> {
        let provider = Arc::new(ring::default_provider());
        let current = ArcSwap::from_pointee(Pem::read(&files)?.load(&provider)?);
        let certificate = Arc::new(Certificate { files, provider: provider.clone(), current });
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let mut config = config.with_no_client_auth().with_cert_resolver(certificate.clone());
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), certificate })
    }

    pub async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        self.acceptor.accept(stream).await
    }

    /// To be called now and then. While the files do not fit together, as in the middle of a change, the old one stays.
    pub fn reload(&self) {
        match self.certificate.reload() {
            Ok(false) => {}
            Ok(true) => tracing::info!("the API has a new certificate"),
            Err(error) => {
                tracing::error!(%error, "the API keeps its old certificate: the new one cannot be used")
            }
        }
    }
}

impl Certificate {
    /// Whether there was something new.
    fn reload(&self) -> Result<bool, Unusable> {
        let pem = Pem::read(&self.files)?;
        if pem == self.current.load().pem {
            return Ok(false);
        }
        self.current.store(Arc::new(pem.load(&self.provider)?));
        Ok(true)
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load().key.clone())
    }
}

impl Pem {
    fn read(files: &TlsFiles) -> io::Result<Self> {
        Ok(Self { chain: fs::read(&files.certificate)?, key: fs::read(&files.key)? })
    }

    fn load(self, provider: &CryptoProvider) -> Result<Loaded, Unusable> {
        let chain = CertificateDer::pem_slice_iter(&self.chain).collect::<Result<Vec<_>, _>>()?;
        if chain.is_empty() {
            return Err(Unusable::Empty);
        }
        let key = CertifiedKey::from_der(chain, PrivateKeyDer::from_pem_slice(&self.key)?, provider)?;
        Ok(Loaded { pem: self, key: Arc::new(key) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertifiedKey as Made, generate_simple_self_signed};
    use tempfile::TempDir;

    fn made() -> Made<rcgen::KeyPair> {
        generate_simple_self_signed(["db.example.com".to_owned()]).expect("a certificate")
    }

    fn write(directory: &TempDir, chain: &str, key: &str) -> TlsFiles {
        let at = |name| directory.path().join(name);
        let files = TlsFiles { certificate: at("chain.pem"), key: at("key.pem") };
        fs::write(&files.certificate, chain).expect("written");
        fs::write(&files.key, key).expect("written");
        files
    }

    #[test]
    fn what_is_half_changed_waits_for_the_other_half() {
        let directory = tempfile::tempdir().expect("a directory");
        let (old, new) = (made(), made());
        let tls =
            Tls::load(&write(&directory, &old.cert.pem(), &old.signing_key.serialize_pem())).expect("usable");
        let shown = || tls.certificate.current.load().key.cert[0].to_vec();
        assert!(!tls.certificate.reload().expect("readable"), "nothing changed");
        write(&directory, &new.cert.pem(), &old.signing_key.serialize_pem());
        assert!(matches!(tls.certificate.reload(), Err(Unusable::Tls(_))), "key and certificate do not fit");
        assert_eq!(shown(), old.cert.der().to_vec());
        write(&directory, &new.cert.pem(), &new.signing_key.serialize_pem());
        assert!(tls.certificate.reload().expect("usable"));
        assert_eq!(shown(), new.cert.der().to_vec());
    }

    #[test]
    fn what_is_no_certificate_is_refused_by_the_names_of_the_flags() {
        let directory = tempfile::tempdir().expect("a directory");
        let good = made();
        let refused = |chain: &str, key: &str| match Tls::load(&write(&directory, chain, key)) {
            Err(stop) => stop.to_string(),
            Ok(_) => panic!("taken"),
        };
        let (chain, key) = (good.cert.pem(), good.signing_key.serialize_pem());
        for said in [refused("", &key), refused(&chain, ""), refused("nonsense", &key), refused(&key, &chain)]
        {
            assert!(said.contains("--api-tls-certificate") && said.contains("--api-tls-key"), "{said}");
        }
    }
}
