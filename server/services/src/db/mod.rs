//! The database: SQLite or PostgreSQL behind one set of queries.

use crate::Result;
use conifer_domain::Problem;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DbKind {
    Sqlite,
    Postgres,
}

#[derive(Clone, Debug)]
pub struct Db {
    kind: DbKind,
}

impl Db {
    /// Connects to `sqlite:///abs/path/conifer.db` or `postgres://…`.
    pub async fn connect(_url: &str) -> Result<Self> {
        Err(Problem::Unavailable.into())
    }

    pub fn kind(&self) -> DbKind {
        self.kind
    }

    /// Brings the schema up to date.
    pub async fn migrate(&self) -> Result<()> {
        Err(Problem::Unavailable.into())
    }

    pub async fn ping(&self) -> Result<()> {
        Err(Problem::Unavailable.into())
    }

    pub async fn close(&self) {}
}
