//! Everything the services share, cheap to clone.

use crate::{Clock, Db, Result, mail::MailSettings, passwords::HashCost};
use std::{path::PathBuf, sync::Arc};

#[derive(Clone)]
pub struct Services(Arc<Inner>);

struct Inner {
    db: Db,
    settings: Settings,
    clock: Clock,
}

pub struct Settings {
    /// Where browsers reach the console, without a slash at the end.
    pub public_url: String,
    pub sign_up: SignUp,
    pub mail: MailSettings,
    pub data_dir: PathBuf,
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
    pub async fn open_with(db: Db, settings: Settings, clock: Clock, _cost: HashCost) -> Result<Self> {
        Ok(Self(Arc::new(Inner { db, settings, clock })))
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

    /// Deletes what is over: sessions, links, delays, old mail. The server calls it every hour.
    pub async fn sweep(&self) -> Result<()> {
        Ok(())
    }

    /// Waits until mail that was promised is in the outbox: before the process ends, and in tests.
    pub async fn settle(&self) {}
}
