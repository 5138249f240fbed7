//! Changes: one transaction, tried again when the database asks for it.

use super::{Db, DbKind, is_stale};
use crate::{Error, Result};
use std::{
    pin::Pin,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::sync::{AcquireError, OwnedSemaphorePermit};
use tracing::Instrument;

/// The connection of a transaction.
pub(crate) type Tx = sqlx::AnyConnection;
/// What happens in a transaction.
pub(crate) type Work<'t, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 't>>;

const TRIES_MAX: u32 = 6;
const PAUSE_MIN: Duration = Duration::from_millis(10);

impl Db {
    /// Runs `work` on `data` in one transaction: all of it happens, or nothing.
    ///
    /// It runs in a task of its own, to its end, even when the caller goes away: a request that is dropped
    /// while a transaction begins would leave a poisoned connection in the pool. As `work` may run more
    /// than once, it borrows `data` and does nothing but SQL.
    pub(crate) async fn write<D, T>(
        &self,
        data: D,
        work: for<'t> fn(&'t mut Tx, &'t D) -> Work<'t, T>,
    ) -> Result<T>
    where
        D: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.uses.fetch_add(1, Ordering::Relaxed);
        let db = self.clone();
        let task = async move { db.try_until_done(&data, work).await };
        tokio::spawn(task.in_current_span()).await.map_err(Error::internal)?
    }

    async fn try_until_done<D, T>(
        &self,
        data: &D,
        work: for<'t> fn(&'t mut Tx, &'t D) -> Work<'t, T>,
    ) -> Result<T> {
        let mut pause = PAUSE_MIN;
        for _ in 1..TRIES_MAX {
            match self.try_once(data, work).await {
                Err(error) if is_stale(&error) => tokio::time::sleep(pause).await,
                done => return done,
            }
            pause *= 2;
        }
        self.try_once(data, work).await
    }

    async fn try_once<D, T>(
        &self,
        data: &D,
        work: for<'t> fn(&'t mut Tx, &'t D) -> Work<'t, T>,
    ) -> Result<T> {
        let _turn = self.turn().await.map_err(Error::internal)?;
        let begin = match self.kind {
            DbKind::Sqlite => "BEGIN IMMEDIATE",
            DbKind::Postgres => "BEGIN",
        };
        let mut transaction = self.pool.begin_with(begin).await?;
        match work(&mut transaction, data).await {
            Ok(value) => {
                transaction.commit().await?;
                Ok(value)
            }
            Err(error) => {
                // What went wrong first is the better answer; a rollback that fails drops the connection.
                transaction.rollback().await.ok();
                Err(error)
            }
        }
    }

    async fn turn(&self) -> Result<Option<OwnedSemaphorePermit>, AcquireError> {
        match &self.writer {
            Some(writer) => Arc::clone(writer).acquire_owned().await.map(Some),
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_domain::Problem;
    use std::{
        env,
        sync::atomic::{AtomicU32, Ordering},
    };

    /// Fails as a lost race does, until the number is down to one.
    async fn lose(tx: &mut Tx, races: &AtomicU32) -> Result<()> {
        if races.fetch_sub(1, Ordering::SeqCst) > 1 {
            let lost = "DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$";
            sqlx::raw_sql(lost).execute(tx).await?;
        }
        Ok(())
    }

    /// The outcome after losing `races` times, and how many were not needed.
    async fn after_losing(db: &Db, races: u32) -> (Option<Problem>, u32) {
        let left = Arc::new(AtomicU32::new(races + 1));
        let done = db.write(Arc::clone(&left), |tx, races| Box::pin(lose(tx, races))).await;
        (done.err().map(|error| error.problem()), left.load(Ordering::SeqCst))
    }

    #[tokio::test]
    async fn a_lost_race_is_run_again_but_not_for_ever() {
        let Ok(url) = env::var("CONIFER_TEST_POSTGRES_URL") else {
            assert!(
                env::var("CONIFER_TEST_REQUIRE_POSTGRES").is_err(),
                "CONIFER_TEST_POSTGRES_URL is not set"
            );
            return println!("SKIPPED: set CONIFER_TEST_POSTGRES_URL to test on PostgreSQL");
        };
        let db = Db::connect(&url).await.expect("a database");
        assert_eq!(after_losing(&db, 3).await, (None, 0));
        let times = TRIES_MAX + 4;
        assert_eq!(after_losing(&db, times).await, (Some(Problem::Unavailable), times + 1 - TRIES_MAX));
    }
}
