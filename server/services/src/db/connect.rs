//! Opening a database with the settings its promises need.

use super::{Db, DbKind};
use crate::{Error, Result, files};
use sqlx::{
    AnyConnection, ConnectOptions, any::AnyConnectOptions, any::AnyPoolOptions, sqlite::SqliteConnectOptions,
};
use std::{str::FromStr, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

const WAIT_FOR_CONNECTION_MAX: Duration = Duration::from_secs(10);
const SQLITE_CONNECTIONS: u32 = 8;
const POSTGRES_CONNECTIONS: u32 = 16;

/// FULL: what was acknowledged survives a loss of power.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
/// No request waits for ever for another's lock.
const POSTGRES_SETTINGS: &str = "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s';";

pub(super) async fn connect(url: &str) -> Result<Db> {
    sqlx::any::install_default_drivers();
    let kind = kind(url)?;
    if kind == DbKind::Sqlite {
        make_file(url)?;
    }
    // Statements never reach the log: telling them from their values is not worth the risk.
    let options = AnyConnectOptions::from_str(url).map_err(bad_url)?.disable_statement_logging();
    let (connections, settings) = match kind {
        DbKind::Sqlite => (SQLITE_CONNECTIONS, SQLITE_SETTINGS),
        DbKind::Postgres => (POSTGRES_CONNECTIONS, POSTGRES_SETTINGS),
    };
    let pool = AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(WAIT_FOR_CONNECTION_MAX)
        .after_connect(move |connection, _| Box::pin(apply(connection, settings)))
        .connect_with(options)
        .await?;
    let writer = (kind == DbKind::Sqlite).then(|| Arc::new(Semaphore::new(1)));
    Ok(Db { pool, kind, writer, uses: Arc::default() })
}

async fn apply(connection: &mut AnyConnection, settings: &'static str) -> sqlx::Result<()> {
    sqlx::raw_sql(settings).execute(connection).await?;
    Ok(())
}

fn kind(url: &str) -> Result<DbKind> {
    match url.split_once("://").map(|(scheme, _)| scheme) {
        Some("sqlite") => Ok(DbKind::Sqlite),
        Some("postgres" | "postgresql") => Ok(DbKind::Postgres),
        // The URL may hold a password: say what is allowed, not what was given.
        _ => Err(Error::Operator(
            "The database URL must begin with sqlite:// or postgres://, \
             such as sqlite:///var/lib/conifer/conifer.db or postgres://conifer@localhost/conifer."
                .into(),
        )),
    }
}

/// SQLite gives its side files the permissions of the database, so the file is made here first.
fn make_file(url: &str) -> Result<()> {
    let options = SqliteConnectOptions::from_str(url).map_err(bad_url)?;
    let path = options.get_filename();
    if !path.is_absolute() {
        let text = "The SQLite URL must name a file by its full path, such as sqlite:///var/lib/conifer.db.";
        return Err(Error::Operator(text.into()));
    }
    files::private_dir(path.parent().unwrap_or(path))?;
    files::private_file(path)
}

fn bad_url(_: sqlx::Error) -> Error {
    Error::Operator("The database URL cannot be read.".into())
}
