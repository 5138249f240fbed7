//! A whole Conifer for one test: its own database, data directory and clock.

use crate::{
    browser::Browser,
    postgres::{self, Lent},
};
use conifer_domain::{Problem, api_keys::KeyLimits, ids::IndexId};
use conifer_services::{
    Clock, Db, Origin, Services, Settings, SignUp, VectorSettings,
    imports::Sources,
    indexes::Ports,
    mail::MailSettings,
    passwords::HashCost,
    sessions::Current,
    setup::{self, Founded, Founding},
};
use sqlx::{AnyPool, any::AnyPoolOptions};
use std::{collections::HashMap, future::Future, ops::RangeInclusive, path::Path, sync::Arc};
use tempfile::TempDir;
use tokio::{sync::OnceCell, task::LocalSet};

pub const CHEAP: HashCost = HashCost { memory_kib: 8, passes: 1, lanes: 1 };
pub const EMAIL: &str = "ada@example.com";
pub const PASSWORD: &str = "plum ladder sings twice";
pub const NEW_PASSWORD: &str = "seven violet kites adrift";
/// A moment in the year 2026.
pub const START_MS: i64 = 1_790_000_000_000;

/// Runs each test on both databases.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($house:ident: $type:ty) $body:block)*) => {
        $($(#[$meta])* mod $name {
            #[allow(unused_imports, reason = "not every test names something")]
            use super::*;

            async fn run($house: crate::house::House) -> crate::house::House {
                {
                    let $house: $type = &$house;
                    $body
                }
                $house
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                crate::house::on_sqlite(run).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                crate::house::on_postgres(run).await;
            }
        })*
    };
}
pub(crate) use on_both;

pub struct House {
    pub services: Services,
    pub clock: Clock,
    pub url: String,
    dir: TempDir,
    pool: OnceCell<AnyPool>,
}

pub async fn on_sqlite<F: Future<Output = House> + 'static>(test: impl FnOnce(House) -> F) {
    let dir = TempDir::new().expect("a directory");
    let url = format!("sqlite://{}/data/conifer.db", dir.path().display());
    let house = test(House::open(url, dir).await).await;
    house.services.db().close().await;
}

pub async fn on_postgres<F: Future<Output = House> + 'static>(test: impl FnOnce(House) -> F) {
    let Some(lent) = Lent::new().await else {
        return postgres::skip();
    };
    let dir = TempDir::new().expect("a directory");
    let house = House::open(lent.url.clone(), dir).await;
    // In a task of its own, so that the database goes even when the test fails.
    let task = async { tokio::task::spawn_local(test(house)).await };
    let outcome = LocalSet::new().run_until(task).await;
    if let Ok(house) = &outcome {
        house.services.db().close().await;
    }
    lent.give_back().await;
    if let Err(error) = outcome {
        std::panic::resume_unwind(error.into_panic());
    }
}

impl House {
    async fn open(url: String, dir: TempDir) -> Self {
        let db = Db::connect(&url).await.expect("a database");
        db.migrate().await.expect("a schema");
        let clock = Clock::held_at(START_MS);
        let settings = Settings { vectors: vectors(), ..Self::settings(dir.path()) };
        let services = Services::open_with(db, settings, clock.clone(), CHEAP).await.expect("services");
        Self { services, clock, url, dir, pool: OnceCell::new() }
    }

    pub fn settings(dir: &Path) -> Settings {
        Settings {
            public_url: "https://conifer.example".into(),
            sign_up: SignUp::Open,
            mail: MailSettings::Outbox,
            data_dir: dir.join("data"),
            audit_retention_days: 0,
            key_limits: KeyLimits::default(),
            pod_records: Some(1_000),
            // Only one holds them at a time.
            vectors: None,
            imports: Sources { directory: Some(dir.join("imports")), bucket: None },
        }
    }

    /// The same house after a restart, with other settings or another cost of hashes.
    pub async fn again(&self, cost: HashCost, change: impl FnOnce(&mut Settings)) -> Services {
        let mut settings = Self::settings(self.dir.path());
        change(&mut settings);
        let db = self.services.db().clone();
        Services::open_with(db, settings, self.clock.clone(), cost).await.expect("services")
    }

    pub fn data_dir(&self) -> &Path {
        &self.services.settings().data_dir
    }

    pub fn later(&self, by_ms: i64) {
        self.clock.advance(by_ms);
    }

    /// The first owner, Ada.
    pub async fn found(&self) -> Founded {
        setup::bootstrap(&self.services, founding()).await.expect("an owner")
    }

    /// Ada, signed in.
    pub async fn ada(&self) -> (Browser, Current) {
        self.found().await;
        let mut browser = Browser::new(self);
        let current = browser.sign_in(EMAIL, PASSWORD).await;
        (browser, current)
    }

    /// A look into the database, past the services.
    pub async fn rows(&self, sql: &'static str) -> Vec<String> {
        let rows: Vec<(String,)> = sqlx::query_as(sql).fetch_all(&self.pool().await).await.expect("the rows");
        rows.into_iter().map(|(row,)| row).collect()
    }

    pub async fn rows_of(&self, sql: &'static str, values: &[String]) -> Vec<String> {
        let mut query = sqlx::query_as(sql);
        for value in values {
            query = query.bind(value.clone());
        }
        let rows: Vec<(String,)> = query.fetch_all(&self.pool().await).await.expect("the rows");
        rows.into_iter().map(|(row,)| row).collect()
    }

    /// A change of the database, past the services.
    pub async fn run(&self, sql: &'static str, values: &[String]) {
        let mut query = sqlx::query(sql);
        for value in values {
            query = query.bind(value.clone());
        }
        query.execute(&self.pool().await).await.expect("a change");
    }

    /// A statement that a test made itself.
    pub async fn run_made(&self, sql: String) {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&self.pool().await).await.expect("a change");
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        let (count,): (i64,) = sqlx::query_as(sql).fetch_one(&self.pool().await).await.expect("a count");
        count
    }

    /// One connection beside those of the services.
    async fn pool(&self) -> AnyPool {
        let connect = || AnyPoolOptions::new().max_connections(1).connect(&self.url);
        self.pool.get_or_try_init(connect).await.expect("a pool").clone()
    }
}

/// Room for three indexes with ports of their own, which nobody opens.
#[derive(Debug)]
struct ThreePorts;

impl Ports for ThreePorts {
    fn range(&self) -> RangeInclusive<u16> {
        5081..=5083
    }

    fn is_free(&self, _: u16) -> bool {
        true
    }

    fn is_open(&self, _: u16, _: IndexId) -> bool {
        true
    }

    fn follow(&self, _: &HashMap<u16, IndexId>) {}
}

pub fn vectors() -> Option<VectorSettings> {
    Some(VectorSettings { ports: Some(Arc::new(ThreePorts)) })
}

pub fn founding() -> Founding {
    Founding {
        name: "Ada".into(),
        email: EMAIL.into(),
        password: PASSWORD.into(),
        organization_name: "Analytical Engines".into(),
        project_name: "First notes".into(),
    }
}

pub fn origin() -> Origin {
    from("192.0.2.1")
}

pub fn from(address: &str) -> Origin {
    Origin {
        address: address.parse().expect("an address"),
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".into(),
        request_id: "request-1".into(),
    }
}

/// The problem a call must end in.
pub fn problem<T: std::fmt::Debug>(outcome: conifer_services::Result<T>) -> Problem {
    outcome.expect_err("a refusal").problem()
}
