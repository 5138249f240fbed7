//! A database of PostgreSQL for one test, where a server for tests is named.

use sqlx::{
    AnyConnection, AssertSqlSafe, Connection, Executor, PgConnection, Row, any::install_default_drivers,
};
use std::env;
use tokio::runtime::Runtime;
use url::Url;
use uuid::Uuid;

const URL: &str = "CONIFER_TEST_POSTGRES_URL";
const REQUIRED: &str = "CONIFER_TEST_REQUIRE_POSTGRES";

pub struct Database {
    pub url: String,
    server: String,
    name: String,
}

impl Database {
    /// None where there is no PostgreSQL to test on, which is an error where one is promised.
    pub fn postgres() -> Option<Self> {
        let Ok(server) = env::var(URL) else {
            assert!(env::var(REQUIRED).as_deref() != Ok("1"), "{REQUIRED}=1, but {URL} is not set");
            println!("SKIPPED: set {URL} to test on PostgreSQL");
            return None;
        };
        let name = format!("conifer_server_{}", Uuid::now_v7().simple());
        execute(&server, format!("CREATE DATABASE {name}"));
        let mut url = Url::parse(&server).expect("an address");
        url.set_path(&name);
        Some(Self { url: url.into(), server, name })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        execute(&self.server, format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn execute(server: &str, sql: String) {
    let work = async {
        let mut connection = PgConnection::connect(server).await.expect("PostgreSQL answers");
        connection.execute(AssertSqlSafe(sql)).await.expect("PostgreSQL obeys");
    };
    Runtime::new().expect("a runtime").block_on(work);
}

/// A change of a server's database, past the server.
pub fn change(url: &str, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    connected(url, async |mut connection| {
        connection.execute(sql).await.expect("a change");
    });
}

/// The one text that a query finds there.
pub fn text(url: &str, sql: &str) -> String {
    let sql = AssertSqlSafe(sql.to_owned());
    connected(url, async |mut connection| connection.fetch_one(sql).await.expect("a row").get(0))
}

fn connected<T>(url: &str, work: impl AsyncFnOnce(AnyConnection) -> T) -> T {
    install_default_drivers();
    let work = async { work(AnyConnection::connect(url).await.expect("the database")).await };
    Runtime::new().expect("a runtime").block_on(work)
}

/// Runs a test on SQLite and, where there is one, on PostgreSQL.
#[macro_export]
macro_rules! on_both_databases {
    ($($(#[$doc:meta])* fn $name:ident($database:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            fn check($database: Option<$crate::database::Database>) $body

            #[test]
            fn on_sqlite() {
                check(None);
            }

            #[test]
            fn on_postgres() {
                if let Some(database) = $crate::database::Database::postgres() {
                    check(Some(database));
                }
            }
        }
    )*};
}
