//! Fills a database with a crowd, for measurements: `crowd DATABASE_URL key=value…` (see `fill.sql` for the keys).

use sqlx::{AnyConnection, AssertSqlSafe, Connection, any::install_default_drivers};
use std::{env, error::Error};

const FILL: &str = include_str!("fill.sql");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let url = arguments.next().ok_or("no database URL")?;
    let sql = arguments.fold(FILL.to_owned(), |sql, argument| match argument.split_once('=') {
        Some((key, value)) => sql.replace(&format!("{{{key}}}"), value),
        None => sql,
    });
    install_default_drivers();
    let mut connection = AnyConnection::connect(&url).await?;
    let mut change = connection.begin().await?;
    for statement in sql.split(";\n") {
        sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut *change).await?;
    }
    change.commit().await?;
    // PostgreSQL does so by itself after a while; SQLite never does.
    if url.starts_with("postgres") {
        sqlx::raw_sql("ANALYZE").execute(&mut connection).await?;
    }
    Ok(connection.close().await?)
}
