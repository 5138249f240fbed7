//! All keys, in memory: finding one costs no SQL.
//!
//! What this server changes it sees at once. What others change on the same PostgreSQL it sees by asking for changes
//! a few times a second; when it could not for a second, it asks before it answers, and lets nobody in when the
//! database does not say.

use super::{
    access::KeyAccess,
    meter::Meter,
    row::{Row, select_keys},
};
use crate::{Db, DbKind, Result};
use conifer_domain::{Problem, api_keys::KeyLimits, ids::ApiKeyId};
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::Mutex, time::timeout};

/// For so long what the database said last is believed.
const BELIEVED_MAX: Duration = Duration::from_secs(1);
/// A database that takes longer has not answered.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) struct Directory {
    keys: RwLock<HashMap<String, Arc<KeyAccess>>>,
    /// The last change that was seen. Held while the database is asked.
    seen: Mutex<i64>,
    started: Instant,
    /// When the database was last asked and answered, in milliseconds after the start; 0 before the first time.
    confirmed_ms: AtomicU64,
    limits: KeyLimits,
}

impl Directory {
    /// Empty until it is first asked. `limits` are those of keys that have none of their own.
    pub(crate) fn new(limits: KeyLimits) -> Self {
        Self {
            keys: RwLock::default(),
            seen: Mutex::new(i64::MIN),
            started: Instant::now(),
            confirmed_ms: AtomicU64::new(0),
            limits,
        }
    }

    pub(super) fn find(&self, prefix: &str) -> Option<Arc<KeyAccess>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).get(prefix).cloned()
    }

    pub(super) fn by_id(&self, id: ApiKeyId) -> Option<Arc<KeyAccess>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.values().find(|key| key.id() == id).cloned()
    }

    pub(super) fn all(&self) -> Vec<Arc<KeyAccess>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// Whether what it holds may be believed. A SQLite file has one server: it knows of its own changes.
    pub(super) fn is_fresh(&self, db: &Db) -> bool {
        match self.confirmed_ms.load(Ordering::Acquire) {
            0 => false,
            _ if db.kind() == DbKind::Sqlite => true,
            confirmed_ms => self.now_ms() - confirmed_ms <= ms(BELIEVED_MAX),
        }
    }

    /// Sees every change that was done before it was called. `Unavailable` when the database does not answer.
    pub(crate) async fn catch_up(&self, db: &Db) -> Result<()> {
        let called_ms = self.now_ms();
        let ask = async {
            let mut seen = self.seen.lock().await;
            // Somebody else asked after this was called, and shares the answer.
            if self.confirmed_ms.load(Ordering::Acquire) > called_ms {
                return Ok(());
            }
            let asked_ms = self.now_ms();
            let rows: Vec<Row> = sqlx::query_as(select_keys!("WHERE k.revision > $1 ORDER BY k.revision"))
                .bind(*seen)
                .fetch_all(db.pool())
                .await?;
            for row in rows {
                self.put(&row)?;
                *seen = row.revision;
            }
            self.confirmed_ms.store(asked_ms, Ordering::Release);
            Ok(())
        };
        timeout(PATIENCE, ask).await.map_err(|_| Problem::Unavailable)?
    }

    /// After a change of this server's own. Should the database not answer, nobody is let in before it does.
    pub(crate) async fn changed(&self, db: &Db) {
        if let Err(error) = self.catch_up(db).await {
            self.confirmed_ms.store(0, Ordering::Release);
            tracing::warn!(%error, "a changed API key could not be read again");
        }
    }

    fn put(&self, row: &Row) -> Result<()> {
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        let meter = keys.get(&row.prefix).map_or_else(Arc::<Meter>::default, |key| Arc::clone(key.meter()));
        keys.insert(row.prefix.clone(), Arc::new(KeyAccess::read(row, self.limits, meter)?));
        Ok(())
    }

    /// Never 0.
    fn now_ms(&self) -> u64 {
        1 + ms(self.started.elapsed())
    }
}

fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
