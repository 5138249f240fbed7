//! A PostgreSQL database for one test, gone afterwards.

use sqlx::{AnyPool, AssertSqlSafe, ConnectOptions, any::AnyPoolOptions, postgres::PgConnectOptions};
use std::{env, str::FromStr};

const URL: &str = "CONIFER_TEST_POSTGRES_URL";
const REQUIRED: &str = "CONIFER_TEST_REQUIRE_POSTGRES";

pub struct Lent {
    pub url: String,
    name: String,
    admin: AnyPool,
}

/// Says that there is no PostgreSQL to test on, which is an error where one is promised.
pub fn skip() {
    assert!(env::var(REQUIRED).as_deref() != Ok("1"), "{REQUIRED}=1, but {URL} is not set");
    println!("SKIPPED: set {URL} to test on PostgreSQL");
}

impl Lent {
    pub async fn new() -> Option<Self> {
        let url = env::var(URL).ok()?;
        sqlx::any::install_default_drivers();
        let admin = AnyPoolOptions::new().max_connections(1).connect(&url).await.expect("PostgreSQL");
        let name = format!("conifer_test_{}", uuid::Uuid::now_v7().simple());
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&admin)
            .await
            .expect("a database");
        let options = PgConnectOptions::from_str(&url).expect("a PostgreSQL URL");
        let url = options.database(&name).to_url_lossy().to_string();
        Some(Self { url, name, admin })
    }

    pub async fn give_back(self) {
        sqlx::query(AssertSqlSafe(format!("DROP DATABASE {} WITH (FORCE)", self.name)))
            .execute(&self.admin)
            .await
            .expect("the database gone");
        self.admin.close().await;
    }
}
