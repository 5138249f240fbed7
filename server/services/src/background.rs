//! Work that starts after the answer, so that the answer's time tells nothing about it.

use crate::{Error, Result};
use conifer_domain::Problem;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

const TASKS_MAX: usize = 256;

#[derive(Clone)]
pub(crate) struct Background {
    tasks: TaskTracker,
    places: Arc<Semaphore>,
}

impl Background {
    pub(crate) fn new() -> Self {
        let tasks = TaskTracker::new();
        // Closed only means that waiting for it may end; more tasks can come.
        tasks.close();
        Self { tasks, places: Arc::new(Semaphore::new(TASKS_MAX)) }
    }

    /// Starts the task; what goes wrong in it reaches only the log.
    pub(crate) fn start(&self, task: impl Future<Output = Result<()>> + Send + 'static) -> Result<()> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Problem::Unavailable)?;
        let run = async move {
            let _place = place;
            if let Err(error) = task.await {
                tracing::error!(%error, "work in the background failed");
            }
        };
        self.tasks.spawn(run.in_current_span());
        Ok(())
    }

    /// Does it all, even when nobody waits for the answer any more.
    pub(crate) async fn to_its_end<T: Send + 'static>(
        &self,
        task: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.tasks.spawn(task.in_current_span()).await.map_err(Error::internal)?
    }

    /// Waits until nothing runs.
    pub(crate) async fn settle(&self) {
        self.tasks.wait().await;
    }
}
