//! Everything the services share, cheap to clone.

use crate::{
    Clock, Db, Result, api_keys, audit,
    background::Background,
    directory::Directory,
    imports::{Imports, Sources},
    indexes, links,
    mail::{Letter, MailSettings, Mailer},
    passwords::{HashCost, Hasher},
    pods, service_accounts, sessions, throttle, usage,
    vectors::{VectorSettings, Vectors},
    workers::Workers,
};
use conifer_domain::{api_keys::KeyLimits, ids::ProjectId, usage::Figures};
use std::{path::PathBuf, sync::Arc};

#[derive(Clone)]
pub struct Services(Arc<Inner>);

struct Inner {
    db: Db,
    settings: Settings,
    clock: Clock,
    hasher: Hasher,
    judges: Workers,
    mailer: Mailer,
    background: Background,
    keys: api_keys::Directory,
    vectors: Vectors,
    directory: Directory,
    imports: Imports,
    meters: service_accounts::Meters,
    gates: pods::Gates,
    usage: usage::Totals,
}

pub struct Settings {
    /// Where browsers reach the console, without a slash at the end.
    pub public_url: String,
    pub sign_up: SignUp,
    pub mail: MailSettings,
    pub data_dir: PathBuf,
    /// How long the audit log keeps its entries; 0 keeps them for ever.
    pub audit_retention_days: u32,
    /// What a key may in a second that has no limits of its own, and a service account.
    pub key_limits: KeyLimits,
    /// How many records the smallest pod holds, of any type; none for the documented figures.
    pub pod_records: Option<u64>,
    /// None for commands that run beside a server.
    pub vectors: Option<VectorSettings>,
    /// Where records may be imported from.
    pub imports: Sources,
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignUp {
    #[default]
    Invited,
    Open,
}

impl Services {
    pub async fn open(db: Db, settings: Settings) -> Result<Self> {
        Self::open_with(db, settings, Clock::system(), HashCost::PRODUCTION).await
    }

    /// For tests: another clock, and hashes that cost less than a password deserves.
    pub async fn open_with(db: Db, settings: Settings, clock: Clock, cost: HashCost) -> Result<Self> {
        let hasher = Hasher::new(cost, Workers::new()).await?;
        let mailer = Mailer::open(&settings.data_dir, &settings.public_url, &settings.mail, &clock)?;
        let (judges, background) = (Workers::new(), Background::new());
        let keys = api_keys::Directory::new(settings.key_limits);
        let vectors = Vectors::open(&settings.data_dir, settings.vectors.clone()).await?;
        let (directory, imports) = (Directory::default(), Imports::new(settings.imports.clone()));
        let inner = Inner {
            db,
            settings,
            clock,
            hasher,
            judges,
            mailer,
            background,
            keys,
            vectors,
            directory,
            imports,
            meters: service_accounts::Meters::default(),
            gates: pods::Gates::default(),
            usage: usage::Totals::default(),
        };
        let services = Self(Arc::new(inner));
        if services.vectors().is_open() {
            indexes::settle_at_start(&services).await?;
        }
        Ok(services)
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// How many passwords were hashed or compared since the start: the costliest thing the server does.
    pub fn password_hashes(&self) -> u64 {
        self.0.hasher.work()
    }

    /// How many passwords are being hashed or wait for it. Beyond a limit more are refused.
    pub fn password_queue(&self) -> usize {
        self.0.hasher.queue()
    }

    pub(crate) fn hasher(&self) -> &Hasher {
        &self.0.hasher
    }

    /// Where the strength of passwords is judged: apart from the hashes, which sign-in waits for.
    pub(crate) fn judges(&self) -> &Workers {
        &self.0.judges
    }

    pub(crate) fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }

    /// The API keys there are.
    pub(crate) fn keys(&self) -> &api_keys::Directory {
        &self.0.keys
    }

    /// What service accounts did lately.
    pub(crate) fn meters(&self) -> &service_accounts::Meters {
        &self.0.meters
    }

    pub(crate) fn background(&self) -> &Background {
        &self.0.background
    }

    /// What programs asked for of each project since the start, as far as it is written down.
    pub fn usage_totals(&self) -> Vec<(ProjectId, Figures)> {
        self.0.usage.all()
    }

    pub(crate) fn usage(&self) -> &usage::Totals {
        &self.0.usage
    }

    /// What the engine does and what waits for it: reads, then writes.
    pub fn operations(&self) -> [usize; 2] {
        self.vectors().occupied()
    }

    pub(crate) fn vectors(&self) -> &Vectors {
        &self.0.vectors
    }

    /// Which indexes there are, known without asking the database.
    pub fn directory(&self) -> &Directory {
        &self.0.directory
    }

    pub(crate) fn gates(&self) -> &pods::Gates {
        &self.0.gates
    }

    /// Where records are imported from, and who waits for it.
    pub(crate) fn imports(&self) -> &Imports {
        &self.0.imports
    }

    /// Lets go of the vectors, so that another process can hold them. What is asked of them from then on is refused.
    pub fn close_vectors(&self) {
        self.vectors().close();
    }

    /// Does it all, even when the caller goes away meanwhile.
    pub(crate) async fn to_its_end<T: Send + 'static>(
        &self,
        task: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.background().to_its_end(task).await
    }

    /// Mails a notice of what is done already: that it cannot be mailed does not undo it.
    pub(crate) async fn tell(&self, to: &str, letter: Letter) {
        if let Err(error) = self.mailer().post(to, letter).await {
            tracing::error!(%error, "a notice could not be mailed");
        }
    }

    /// Deletes what is over: sessions, links, delays, old mail. The server calls it every hour.
    pub async fn sweep(&self) -> Result<()> {
        let sweep = self.db().write(self.clock().now_ms(), |tx, now_ms| {
            Box::pin(async move {
                sessions::sweep(tx, *now_ms).await?;
                links::sweep(tx, *now_ms).await?;
                throttle::sweep(tx, *now_ms).await?;
                service_accounts::sweep(tx, *now_ms).await?;
                usage::sweep(tx, *now_ms).await?;
                api_keys::sweep(tx, *now_ms).await
            })
        });
        sweep.await?;
        audit::sweep(self).await?;
        self.mailer().sweep().await
    }

    /// Waits until mail that was promised is in the outbox, and writes down what keys did: before the process ends,
    /// and in tests.
    pub async fn settle(&self) {
        if let Err(error) = api_keys::note_calls(self).await {
            tracing::error!(%error, "the last calls of API keys are not counted");
        }
        self.background().settle().await;
    }
}
