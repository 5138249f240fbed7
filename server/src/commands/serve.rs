//! `conifer serve`: wires everything together, tells where it is, and stops in order.

use crate::{
    api::{self, Door},
    cli::{ServeArgs, serve::SignUp, values::PublicUrl},
    console::{self, ApiDoor, Console},
    index_ports::{self, IndexPorts},
    listener::{Listener, Slots},
    settings::{Addresses, Settings},
    shutdown::{self, Shutdown},
    stop::{Result, Stop},
    telemetry::{self, metrics::Metrics, requests::TrustedProxies},
    tls::Tls,
};
use conifer_api::{Api, hosts::Hosts};
use conifer_domain::hosts::IndexHosts;
use conifer_services::{Services, VectorSettings, api_keys, imports, indexes, mail, setup, usage};
use std::{net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};
use tokio::{
    task::JoinHandle,
    time::{MissedTickBehavior, interval},
};

const SWEEP_EVERY: Duration = Duration::from_secs(3600);
const CERTIFICATE_EVERY: Duration = Duration::from_secs(5);
const PORTS_EVERY: Duration = Duration::from_secs(5);
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

pub async fn run(args: ServeArgs) -> Result<ExitCode> {
    let settings = Settings::check(args)?;
    telemetry::start_logs(settings.log_format, settings.log_level);
    let shutdown = shutdown::on_signal()?;
    let metrics =
        Metrics::start().map_err(|error| Stop::while_doing("Starting the metrics failed", error))?;
    let console_listener = Listener::bind("--console-listen", settings.addresses.console)?;
    let tls = settings.addresses.api_tls.as_ref().map(Tls::load).transpose()?;
    let slots = Slots::default();
    let api_listener = Listener::bind("--api-listen", settings.addresses.api)?;
    let api_listener = api_listener.with_tls(tls.clone()).sharing(slots.clone());
    let public_url = public_url(&settings.addresses, console_listener.address)?;
    let grace = settings.shutdown_grace;
    let index_ports = Arc::new(IndexPorts::new(index_ports::Settings {
        address: settings.addresses.api.ip(),
        range: settings.addresses.index_ports,
        slots,
        tls: tls.clone(),
        shutdown: shutdown.clone(),
        grace,
    }));
    let hosts = Hosts {
        indexes: settings.addresses.index_hosts.clone(),
        public: settings.addresses.api_public_url.as_ref().map(PublicUrl::address),
    };
    let console = Console {
        public_url: public_url.clone(),
        proxies: TrustedProxies(settings.addresses.trusted_proxies.clone().into()),
        metrics_token: settings.metrics_token.clone(),
        metrics: metrics.clone(),
        shutdown: shutdown.clone(),
        api: ApiDoor {
            public: hosts.public.clone(),
            tls: tls.is_some(),
            port: api_listener.address.port(),
            hosts: hosts.indexes.clone(),
        },
        services: open_services(settings, &public_url, &index_ports).await?,
    };
    let services = console.services.clone();
    let api = Api { services: services.clone(), hosts: Arc::new(hosts) };
    let door = Door { index: None, tls: tls.is_some() };
    let api = api::router(api, &console.proxies);
    index_ports.serve(api.clone());
    let api = api::behind(door, &api);

    tracing::info!(
        address = %console_listener.address,
        version = env!("CARGO_PKG_VERSION"),
        "console listens"
    );
    tracing::info!(address = %api_listener.address, "API listens");
    let chores = spawn_chores(&services, metrics, tls, &index_ports, &shutdown);
    tell(&services, &public_url, &api_listener).await?;
    tokio::join!(
        console_listener.serve(console::router(console), shutdown.clone(), grace),
        api_listener.serve(api, shutdown, grace),
    );
    index_ports.finished().await;
    for chore in chores {
        let _ = chore.await;
    }
    services.settle().await;
    services.close_vectors();
    services.db().close().await;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

async fn open_services(
    settings: Settings,
    public_url: &PublicUrl,
    index_ports: &Arc<IndexPorts>,
) -> Result<Services> {
    let (db, _) = settings.state.connect_up_to_date().await?;
    let shared = conifer_services::Settings {
        public_url: public_url.origin(),
        sign_up: match settings.sign_up {
            SignUp::Invited => conifer_services::SignUp::Invited,
            SignUp::Open => conifer_services::SignUp::Open,
        },
        mail: settings.mail.into_services(),
        data_dir: settings.state.data_dir,
        audit_retention_days: settings.audit_retention_days,
        key_limits: settings.key_limits,
        pod_records: settings.pod_records,
        vectors: Some(VectorSettings {
            ports: match settings.addresses.index_hosts {
                IndexHosts::Port => Some(index_ports.clone()),
                IndexHosts::Domain(_) | IndexHosts::Path => None,
            },
        }),
        imports: settings.imports,
    };
    Ok(Services::open(db, shared).await?)
}

/// Without one given, the console's own address; `localhost` when it listens on every address.
fn public_url(addresses: &Addresses, console: SocketAddr) -> Result<PublicUrl> {
    if let Some(url) = &addresses.public_url {
        return Ok(url.clone());
    }
    if !console.ip().is_loopback() {
        tracing::warn!("people elsewhere need --public-url: links and secure cookies depend on it");
    }
    let url = match console.ip().is_unspecified() {
        true => format!("http://localhost:{}", console.port()),
        false => format!("http://{console}"),
    };
    url.parse().map_err(Stop::wrong_setting)
}

/// On standard output, for people and scripts; the log never shows the link.
async fn tell(services: &Services, public_url: &PublicUrl, api: &Listener) -> Result<()> {
    println!("Console: {}", public_url.origin());
    let scheme = if api.has_tls() { "https" } else { "http" };
    println!("API: {scheme}://{}", api.address);
    if matches!(services.settings().mail, mail::MailSettings::Outbox) {
        let outbox = services.settings().data_dir.join("outbox");
        println!("Mail: goes to {} (read it with `conifer outbox`)", outbox.display());
    }
    if let Some(link) = setup::new_link(services).await? {
        println!("Set up Conifer once at: {link}");
    }
    Ok(())
}

fn spawn_chores(
    services: &Services,
    metrics: Metrics,
    tls: Option<Tls>,
    index_ports: &Arc<IndexPorts>,
    shutdown: &Shutdown,
) -> Vec<JoinHandle<()>> {
    let mailer = mail::run_worker(services.clone(), shutdown.clone().wait());
    let sweeper = services.clone();
    let sweep = async move || {
        if let Err(error) = sweeper.sweep().await {
            tracing::error!(?error, "sweeping failed; it is tried again in an hour");
        }
    };
    let (refreshed, noted) = (services.clone(), services.clone());
    let refresh = async move || {
        if let Err(error) = api_keys::refresh(&refreshed).await {
            tracing::warn!(%error, "what changed of API keys cannot be read");
        }
    };
    let note_calls = async move || {
        if let Err(error) = api_keys::note_calls(&noted).await {
            tracing::warn!(%error, "the calls of API keys cannot be counted yet");
        }
    };
    let measured = services.clone();
    let note_sizes = async move || {
        if let Err(error) = usage::note_sizes(&measured).await {
            tracing::warn!(%error, "how much indexes hold cannot be noted yet");
        }
    };
    let mut chores = vec![
        tokio::spawn(repeat(usage::NOTE_SIZES_EVERY, shutdown.clone(), note_sizes)),
        tokio::spawn(repeat(api_keys::REFRESH_EVERY, shutdown.clone(), refresh)),
        tokio::spawn(repeat(api_keys::NOTE_CALLS_EVERY, shutdown.clone(), note_calls)),
        tokio::spawn(mailer),
        tokio::spawn(indexes::run_worker(services.clone(), shutdown.clone().wait())),
        tokio::spawn(imports::run_worker(services.clone(), shutdown.clone().wait())),
        tokio::spawn(repeat(SWEEP_EVERY, shutdown.clone(), sweep)),
        tokio::spawn(repeat(UPKEEP_EVERY, shutdown.clone(), async move || metrics.upkeep())),
    ];
    let ports = index_ports.clone();
    chores.push(tokio::spawn(repeat(PORTS_EVERY, shutdown.clone(), async move || ports.retry())));
    if let Some(tls) = tls {
        let reload = async move || tls.reload();
        chores.push(tokio::spawn(repeat(CERTIFICATE_EVERY, shutdown.clone(), reload)));
    }
    chores
}

async fn repeat<W>(every: Duration, shutdown: Shutdown, work: W)
where
    W: AsyncFn() + Send + 'static,
{
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let stop = shutdown.wait();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            _ = ticks.tick() => work().await,
        }
    }
}
