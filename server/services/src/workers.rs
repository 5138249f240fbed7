//! Work for a processor, kept off the threads that serve: a few at a time, a bounded number waiting.

use crate::{Error, Result};
use conifer_domain::Problem;
use std::{num::NonZero, sync::Arc, thread::available_parallelism};
use tokio::sync::Semaphore;

/// How many may wait for each one that works: a minute's patience at most for a slow hash.
const WAITING_MAX_PER_SLOT: usize = 32;

#[derive(Clone)]
pub(crate) struct Workers {
    slots: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    places: usize,
}

impl Workers {
    /// As wide as the machine has cores.
    pub(crate) fn new() -> Self {
        Self::of_width(cores(), WAITING_MAX_PER_SLOT)
    }

    pub(crate) fn of_width(width: usize, waiting_max_per_slot: usize) -> Self {
        let places = width * (1 + waiting_max_per_slot);
        Self { slots: Arc::new(Semaphore::new(width)), queue: Arc::new(Semaphore::new(places)), places }
    }

    /// What runs and what waits.
    pub(crate) fn occupied(&self) -> usize {
        self.places - self.queue.available_permits()
    }

    /// `Unavailable` at once when too many wait. A caller that goes away does not free its slot before
    /// the work is done.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| Problem::Unavailable)?;
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(Error::internal)?;
        let run = move || {
            let _held = (place, slot);
            work()
        };
        tokio::task::spawn_blocking(run).await.map_err(Error::internal)
    }
}

pub(crate) fn cores() -> usize {
    available_parallelism().map_or(1, NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        thread::sleep,
        time::Duration,
    };

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn no_more_work_at_once_than_slots() {
        let workers = Workers::of_width(2, WAITING_MAX_PER_SLOT);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (workers, now, most) = (workers.clone(), now.clone(), most.clone());
                tokio::spawn(async move {
                    let work = move || {
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        sleep(Duration::from_millis(5));
                        now.fetch_sub(1, Ordering::SeqCst);
                    };
                    workers.run(work).await.is_ok()
                })
            })
            .collect();
        for task in tasks {
            assert!(task.await.is_ok_and(|done| done));
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn beyond_the_queue_the_answer_is_unavailable() {
        let workers = Workers::of_width(1, WAITING_MAX_PER_SLOT);
        let places = 1 + WAITING_MAX_PER_SLOT;
        let waiting = |workers: &Workers| {
            let workers = workers.clone();
            tokio::spawn(async move { workers.run(|| sleep(Duration::from_millis(20))).await })
        };
        let tasks: Vec<_> = (0..places).map(|_| waiting(&workers)).collect();
        tokio::task::yield_now().await;
        let refused = workers.run(|| ()).await;
        assert_eq!(refused.err().map(|error| error.problem()), Some(Problem::Unavailable));
        for task in tasks {
            task.abort();
        }
    }
}
