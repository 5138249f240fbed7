//! The database: SQLite or PostgreSQL behind one set of queries.
//!
//! Both understand `$1`, `RETURNING` and `ON CONFLICT`. Numbers are BIGINT and all else is TEXT, which is
//! what the driver for either can carry. Reads go straight to the pool, changes through [`Db::write`],
//! which begins each transaction by locking: a change locks a row by updating it before it looks.

mod connect;
mod errors;
mod inspect;
mod pages;
mod rows;
mod select;
mod write;

use crate::{Error, Result};
pub(crate) use errors::{constraint, is_stale, is_unavailable};
pub use inspect::Connections;
pub(crate) use pages::{after, page};
pub(crate) use rows::{Changed, count, new_id, parse};
pub(crate) use select::Select;
use sqlx::AnyPool;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::Semaphore;
pub(crate) use write::{Tx, Work};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DbKind {
    Sqlite,
    Postgres,
}

#[derive(Clone, Debug)]
pub struct Db {
    pool: AnyPool,
    kind: DbKind,
    /// SQLite has one writer: waiting for this costs less than waiting for its lock by polling.
    writer: Option<Arc<Semaphore>>,
    uses: Arc<AtomicU64>,
}

impl Db {
    /// Connects to `sqlite:///abs/path/conifer.db` (made when missing) or `postgres://…`.
    pub async fn connect(url: &str) -> Result<Self> {
        connect::connect(url).await
    }

    pub fn kind(&self) -> DbKind {
        self.kind
    }

    /// Brings the schema up to date.
    pub async fn migrate(&self) -> Result<()> {
        inspect::MIGRATIONS.run(&self.pool).await.map_err(Error::internal)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Waits for what runs, then closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// How often it was asked since the start: once for each statement that reads, once for each change.
    pub fn uses(&self) -> u64 {
        self.uses.load(Ordering::Relaxed)
    }

    /// For reading: one statement.
    pub(crate) fn pool(&self) -> &AnyPool {
        self.uses.fetch_add(1, Ordering::Relaxed);
        &self.pool
    }
}
