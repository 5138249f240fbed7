//! `conifer serve`: the reference of every setting.

use super::{
    StateArgs,
    values::{DomainName, IndexPorts, PublicUrl, Secret},
};
use crate::stop::{Result, Stop};
use clap::{Args, ValueEnum};
use conifer_services::imports::{Bucket, Sources};
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Secrets are best kept from the command line: set the environment variable, or name a file by @FILE.
One that stands there anyway is moved to the environment at start, so that process lists do not show it.

Examples:
  conifer serve
  conifer serve --data /var/lib/conifer --public-url https://conifer.example.com --trusted-proxy 127.0.0.1
  CONIFER_DATABASE_URL=@/run/secrets/database CONIFER_SMTP_URL=@/run/secrets/smtp conifer serve")]
pub struct ServeArgs {
    #[command(flatten)]
    pub state: StateArgs,

    #[command(flatten)]
    pub listeners: ListenerArgs,

    #[command(flatten)]
    pub mail: MailArgs,

    #[command(flatten)]
    pub imports: ImportArgs,

    #[command(flatten)]
    pub operation: OperationArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Addresses")]
pub struct ListenerArgs {
    /// Where the console listens; port 0 takes a free one
    #[arg(long, value_name = "ADDR", env = "CONIFER_CONSOLE_LISTEN", default_value = "127.0.0.1:8080")]
    pub console_listen: SocketAddr,

    /// Where the API listens; port 0 takes a free one
    #[arg(long, value_name = "ADDR", env = "CONIFER_API_LISTEN", default_value = "127.0.0.1:5080")]
    pub api_listen: SocketAddr,

    /// Ports for one index each, first and last included
    #[arg(long, value_name = "A-B", env = "CONIFER_INDEX_PORTS", default_value = "5081-5180")]
    pub index_ports: IndexPorts,

    /// What tells one index from another: a port of its own, a name of its own, or a path on the API's address
    #[arg(long, value_enum, env = "CONIFER_INDEX_HOSTS", default_value_t = IndexHostsBy::Port)]
    pub index_hosts: IndexHostsBy,

    /// Domain whose names below .svc. lead to the API, for --index-hosts domain: INDEX-PROJECT.svc.DOMAIN
    #[arg(long, value_name = "NAME", env = "CONIFER_INDEX_DOMAIN")]
    pub index_domain: Option<DomainName>,

    /// Where programs reach the API [default: whatever address a request came to]
    #[arg(long, value_name = "URL", env = "CONIFER_API_PUBLIC_URL")]
    pub api_public_url: Option<PublicUrl>,

    /// Certificate of the API and the ports of indexes, with its chain, as PEM; read again when it changes
    #[arg(long, value_name = "FILE", env = "CONIFER_API_TLS_CERTIFICATE", requires = "api_tls_key")]
    pub api_tls_certificate: Option<PathBuf>,

    /// Its private key, as PEM
    #[arg(long, value_name = "FILE", env = "CONIFER_API_TLS_KEY", requires = "api_tls_certificate")]
    pub api_tls_key: Option<PathBuf>,

    /// Where people reach the console; https turns on secure cookies and HSTS [default: the console's address]
    #[arg(long, value_name = "URL", env = "CONIFER_PUBLIC_URL")]
    pub public_url: Option<PublicUrl>,

    /// Reverse proxy whose X-Forwarded-… and X-Request-Id count; may be repeated
    #[arg(long, value_name = "ADDR", env = "CONIFER_TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxy: Vec<IpAddr>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Accounts and mail")]
pub struct MailArgs {
    /// Who may make an account
    #[arg(long, value_enum, env = "CONIFER_SIGN_UP", default_value_t = SignUp::Invited)]
    pub sign_up: SignUp,

    /// Mail server: smtp://host:port, smtps://user:password@host, or @FILE that holds it
    /// [default: mails stay in the data directory, see `conifer outbox`]
    #[arg(long, value_name = "URL", env = "CONIFER_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<Secret>,

    /// Sender of Conifer's mails [default: conifer@ the public URL's host]
    #[arg(long, value_name = "ADDRESS", env = "CONIFER_MAIL_FROM")]
    pub mail_from: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Imports")]
pub struct ImportArgs {
    /// Directory from which programs may import Parquet files, as file:///its/path
    #[arg(long, value_name = "DIR", env = "CONIFER_IMPORT_DIR")]
    pub import_dir: Option<PathBuf>,

    /// Bucket from which they may, as s3://NAME/path; its credentials and region are those of AWS_ACCESS_KEY_ID,
    /// AWS_SECRET_ACCESS_KEY and AWS_REGION, or of the machine
    #[arg(long, value_name = "NAME", env = "CONIFER_IMPORT_BUCKET")]
    pub import_bucket: Option<String>,

    /// Where that bucket is, when it is not at Amazon
    #[arg(long, value_name = "URL", env = "CONIFER_IMPORT_S3_ENDPOINT", requires = "import_bucket")]
    pub import_s3_endpoint: Option<String>,
}

impl ImportArgs {
    pub fn check(self) -> Result<Sources> {
        if let Some(dir) = self.import_dir.as_ref().filter(|dir| !dir.is_dir()) {
            return Err(Stop::wrong_setting(format!("--import-dir {} is no directory", dir.display())));
        }
        let endpoint = self.import_s3_endpoint;
        let bucket = self.import_bucket.map(|name| Bucket { name, endpoint });
        Ok(Sources { directory: self.import_dir, bucket })
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Operation")]
pub struct OperationArgs {
    /// Bearer token that opens /metrics, or @FILE that holds it; without it /metrics is for this machine alone,
    /// and with --trusted-proxy or a public URL that leads elsewhere for nobody
    #[arg(long, value_name = "TOKEN", env = "CONIFER_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<Secret>,

    /// How logs look; auto is human in a terminal and json elsewhere
    #[arg(long, value_enum, env = "CONIFER_LOG_FORMAT", default_value_t = LogFormat::Auto)]
    pub log_format: LogFormat,

    /// How much is logged
    #[arg(long, value_enum, env = "CONIFER_LOG_LEVEL", default_value_t = LogLevel::Info)]
    pub log_level: LogLevel,

    /// How long the audit log keeps its entries; 0 keeps them for ever
    #[arg(long, value_name = "DAYS", env = "CONIFER_AUDIT_RETENTION_DAYS", default_value_t = 0)]
    #[arg(value_parser = clap::value_parser!(u32).range(0..=36_500))]
    pub audit_retention_days: u32,

    /// How many requests per second an API key may make that has no limit of its own [default: any number]
    #[arg(long, value_name = "N", env = "CONIFER_KEY_REQUESTS_PER_SECOND")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    pub key_requests_per_second: Option<u32>,

    /// How many bytes per second an API key may send that has no limit of its own [default: any number]
    #[arg(long, value_name = "BYTES", env = "CONIFER_KEY_BYTES_PER_SECOND")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..))]
    pub key_bytes_per_second: Option<u64>,

    /// How many records the smallest pod holds, whatever its type [default: as documented for its type and dimension]
    #[arg(long, value_name = "RECORDS", env = "CONIFER_POD_RECORDS")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    pub pod_records: Option<u64>,

    /// How long requests in flight may take to finish after a signal to stop
    #[arg(long, value_name = "SECONDS", env = "CONIFER_SHUTDOWN_GRACE_S", default_value_t = 30)]
    #[arg(value_parser = clap::value_parser!(u64).range(0..=3600))]
    pub shutdown_grace_s: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum IndexHostsBy {
    /// For REST and gRPC, also without TLS
    Port,
    /// For REST and gRPC, with a wildcard DNS entry and certificate
    Domain,
    /// For REST alone
    Path,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignUp {
    /// Only people who were invited
    Invited,
    /// Everybody with an e-mail address
    Open,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Auto,
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}
