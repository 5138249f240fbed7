//! What an operator may want to know of the database.

use super::{Db, DbKind};
use crate::{Error, Result};
use sqlx::migrate::Migrator;
use std::collections::BTreeSet;

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// Connections of the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    pub open: u32,
    pub idle: u32,
}

impl Db {
    pub fn connections(&self) -> Connections {
        let idle = u32::try_from(self.pool.num_idle()).unwrap_or(u32::MAX);
        Connections { open: self.pool.size(), idle }
    }

    /// The names of the migrations that [`Db::migrate`] would apply, in order.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        let applied = self.applied_migrations().await?;
        let pending = MIGRATIONS.iter().filter(|migration| !applied.contains(&migration.version));
        Ok(pending.map(|migration| migration.description.to_string()).collect())
    }

    async fn applied_migrations(&self) -> Result<BTreeSet<i64>> {
        let table = match self.kind {
            DbKind::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
            DbKind::Postgres => "SELECT COUNT(*) FROM pg_tables WHERE tablename = '_sqlx_migrations'",
        };
        if sqlx::query_scalar::<_, i64>(table).fetch_one(&self.pool).await? == 0 {
            return Ok(BTreeSet::new());
        }
        let versions =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations").fetch_all(&self.pool).await?;
        Ok(versions.into_iter().collect())
    }

    /// What is broken inside the database, in its own words. PostgreSQL looks after itself.
    pub async fn damage(&self) -> Result<Vec<String>> {
        if self.kind == DbKind::Postgres {
            return Ok(Vec::new());
        }
        let check = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&self.pool).await;
        let said: Vec<String> = check.map_err(Error::internal)?;
        Ok(said.into_iter().filter(|line| line != "ok").collect())
    }
}
