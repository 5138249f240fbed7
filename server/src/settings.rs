//! The settings of `conifer serve`, checked together before anything starts.

use crate::{
    cli::{
        ServeArgs,
        serve::{IndexHostsBy, ListenerArgs, LogFormat, LogLevel, MailArgs, SignUp},
        values::{IndexPorts, PublicUrl, Secret},
    },
    state::State,
    stop::{Result, Stop},
};
use conifer_domain::{EmailAddress, api_keys::KeyLimits, hosts::IndexHosts};
use conifer_services::{imports::Sources, mail::MailSettings};
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};
use url::Url;

#[derive(Debug)]
pub struct Settings {
    pub state: State,
    pub addresses: Addresses,
    pub mail: Mail,
    pub sign_up: SignUp,
    pub metrics_token: Option<Secret>,
    pub log_format: LogFormat,
    pub log_level: LogLevel,
    pub shutdown_grace: Duration,
    pub audit_retention_days: u32,
    pub key_limits: KeyLimits,
    pub pod_records: Option<u64>,
    pub imports: Sources,
}

#[derive(Clone, Debug)]
pub struct Addresses {
    pub console: SocketAddr,
    pub api: SocketAddr,
    pub index_ports: IndexPorts,
    pub index_hosts: IndexHosts,
    pub public_url: Option<PublicUrl>,
    pub api_public_url: Option<PublicUrl>,
    pub api_tls: Option<TlsFiles>,
    pub trusted_proxies: Vec<IpAddr>,
}

#[derive(Clone, Debug)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

#[derive(Debug)]
pub struct Mail {
    pub smtp_url: Option<Secret>,
    pub from: Option<EmailAddress>,
}

impl Settings {
    pub fn check(args: ServeArgs) -> Result<Self> {
        let addresses = Addresses::check(args.listeners)?;
        let sign_up = args.mail.sign_up;
        let mail = Mail::check(args.mail)?;
        Ok(Self {
            addresses,
            imports: args.imports.check()?,
            mail,
            sign_up,
            state: State::prepare(args.state)?,
            metrics_token: args.operation.metrics_token,
            log_format: args.operation.log_format,
            log_level: args.operation.log_level,
            shutdown_grace: Duration::from_secs(args.operation.shutdown_grace_s),
            audit_retention_days: args.operation.audit_retention_days,
            pod_records: args.operation.pod_records,
            key_limits: KeyLimits {
                requests_per_s: args.operation.key_requests_per_second,
                bytes_per_s: args.operation.key_bytes_per_second,
            },
        })
    }
}

impl Addresses {
    fn check(args: ListenerArgs) -> Result<Self> {
        let (console, api) = (args.console_listen, args.api_listen);
        if console == api && console.port() != 0 {
            return Err(Stop::wrong_setting(format!(
                "--console-listen and --api-listen are both {api}; give each its own port"
            )));
        }
        for (flag, address) in [("--console-listen", console), ("--api-listen", api)] {
            if args.index_ports.contains(address.port()) {
                return Err(Stop::wrong_setting(format!(
                    "{flag} {address} lies in --index-ports {}; choose another port or range",
                    args.index_ports
                )));
            }
        }
        let index_hosts = match (args.index_hosts, args.index_domain) {
            (IndexHostsBy::Domain, Some(domain)) => IndexHosts::Domain(domain.into_inner()),
            (IndexHostsBy::Domain, None) => {
                return Err(Stop::wrong_setting(
                    "--index-hosts domain needs --index-domain, the domain's name",
                ));
            }
            (_, Some(_)) => {
                return Err(Stop::wrong_setting("--index-domain is of use with --index-hosts domain alone"));
            }
            (IndexHostsBy::Port, None) => IndexHosts::Port,
            (IndexHostsBy::Path, None) => IndexHosts::Path,
        };
        let api_tls = args.api_tls_certificate.zip(args.api_tls_key);
        Ok(Self {
            console,
            api,
            index_ports: args.index_ports,
            index_hosts,
            public_url: args.public_url,
            api_public_url: args.api_public_url,
            api_tls: api_tls.map(|(certificate, key)| TlsFiles { certificate, key }),
            trusted_proxies: args.trusted_proxy,
        })
    }
}

impl Mail {
    fn check(args: MailArgs) -> Result<Self> {
        let from = args.mail_from.map(|text| EmailAddress::parse(&text)).transpose();
        let from = from.map_err(|_| {
            Stop::wrong_setting("--mail-from is not an address. Write it like conifer@example.com.")
        })?;
        if let Some(url) = &args.smtp_url {
            check_smtp_url(url)?;
        }
        Ok(Self { smtp_url: args.smtp_url, from })
    }

    pub fn into_services(self) -> MailSettings {
        match self.smtp_url {
            Some(url) => MailSettings::Smtp { url: url.into_inner(), from: self.from },
            None => MailSettings::Outbox,
        }
    }
}

/// Says nothing of the value, which may hold a password.
fn check_smtp_url(url: &Secret) -> Result<()> {
    let url = Url::parse(url.expose()).ok();
    if url.as_ref().is_some_and(password_in_clear) {
        return Err(Stop::wrong_setting(
            "--smtp-url would send its password in clear: use smtps://… or add ?tls=required",
        ));
    }
    let usable = url.is_some_and(|url| {
        matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some_and(|host| !host.is_empty())
    });
    usable.then_some(()).ok_or_else(|| {
        Stop::wrong_setting(
            "--smtp-url is not the address of a mail server. Allowed are smtp://host:port, \
             smtp://user:password@host:587?tls=required and smtps://user:password@host.",
        )
    })
}

/// Without `tls` an smtp:// address stays unencrypted.
fn password_in_clear(url: &Url) -> bool {
    let encrypted =
        url.scheme() == "smtps" || url.query_pairs().any(|pair| pair == ("tls".into(), "required".into()));
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    url.password().is_some() && !encrypted && !here
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Cli, Command};
    use clap::Parser;

    fn addresses(flags: &[&str]) -> Result<Addresses> {
        let cli = Cli::try_parse_from(["conifer", "serve"].iter().chain(flags)).expect("known flags");
        match cli.command {
            Command::Serve(args) => Addresses::check(args.listeners),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn listeners_have_ports_of_their_own() {
        assert!(addresses(&[]).is_ok());
        assert!(addresses(&["--console-listen=127.0.0.1:0", "--api-listen=127.0.0.1:0"]).is_ok());
        assert!(addresses(&["--api-listen=127.0.0.1:8080"]).is_err());
        assert!(addresses(&["--api-listen=127.0.0.1:5100"]).is_err());
        assert!(addresses(&["--index-ports=8000-9000"]).is_err());
    }

    #[test]
    fn a_domain_and_its_use_come_together() {
        let hosts = |flags: &[&str]| addresses(flags).map(|addresses| addresses.index_hosts).ok();
        let domain = IndexHosts::Domain("vectors.example.com".into());
        assert_eq!(hosts(&["--index-hosts=domain", "--index-domain=vectors.example.com"]), Some(domain));
        assert_eq!(hosts(&["--index-hosts=path"]), Some(IndexHosts::Path));
        assert_eq!(hosts(&[]), Some(IndexHosts::Port));
        assert_eq!(hosts(&["--index-hosts=domain"]), None);
        assert_eq!(hosts(&["--index-domain=vectors.example.com"]), None);
    }

    #[test]
    fn a_mail_server_is_named_by_scheme_and_host() {
        let check = |text: &str| check_smtp_url(&Secret::new(text));
        for text in
            ["smtp://127.0.0.1:2525", "smtps://ada:pw@mail.example.com", "smtp://mail:587?tls=required"]
        {
            assert!(check(text).is_ok(), "{text}");
        }
        assert!(check("smtp://ada:pw@mail.example.com:587?tls=required").is_ok());
        assert!(check("smtp://ada:pw@127.0.0.1:2525").is_ok());
        for text in [
            "mail.example.com",
            "http://mail.example.com",
            "smtp://",
            "",
            "smtp://ada:pw@mail.example.com:587",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
