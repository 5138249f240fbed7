//! One index: its namespaces, its log, its segments.

mod commit;
mod flush;
mod gc;
mod layout;
mod manifest;
mod merge;
mod open;
mod read;
mod resolve;
mod rest;
mod snapshot;
mod spec;
mod state;
mod stats;
mod survey;
mod write;

pub(crate) use layout::MANIFEST;
pub use open::Examined;
pub(crate) use open::examine;
pub use read::{NamespaceCount, Page};
pub(crate) use snapshot::{is_snapshot, restore};
pub use spec::IndexSpec;
pub use stats::IndexStats;
pub use write::Written;

use crate::{
    engine::Shared,
    error::{Error, Result, Thing},
    log::Log,
    records::IndexName,
};
use arc_swap::ArcSwap;
use commit::Request;
use manifest::Manifest;
use rest::Rest;
use state::State;
use std::{
    fmt,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

/// Reads take the current state and keep it; nothing makes them wait. Writes are committed together under `writer`.
/// Flushes, merges and snapshots follow one another under `upkeep`, which is locked before `writer`.
pub struct Index {
    name: IndexName,
    spec: IndexSpec,
    directory: PathBuf,
    shared: Shared,
    state: ArcSwap<State>,
    waiting: Mutex<Vec<Arc<Request>>>,
    writer: Mutex<Log>,
    upkeep: Mutex<Upkeep>,
    dropped: AtomicBool,
    rest: Mutex<Rest>,
}

struct Upkeep {
    /// The number of the next segment file.
    next_file: u64,
    /// The log from which the manifest on disk goes on.
    first_log: u64,
}

impl Index {
    pub fn name(&self) -> &IndexName {
        &self.name
    }

    pub fn spec(&self) -> IndexSpec {
        self.spec
    }

    /// From here on everything is refused, and nothing is flushed. Reads in flight end as they began.
    pub(crate) fn close(&self) {
        self.dropped.store(true, Ordering::SeqCst);
        // Whoever holds it began before. Upkeep is not waited for: it gives up before it changes anything.
        drop(lock(&self.writer));
    }

    pub(crate) fn reopen(&self) {
        self.dropped.store(false, Ordering::SeqCst);
    }

    fn check_exists(&self) -> Result<()> {
        if self.dropped.load(Ordering::SeqCst) {
            return Err(Error::NotFound { what: Thing::Index, name: self.name.to_string() });
        }
        Ok(())
    }

    fn state(&self) -> Arc<State> {
        self.state.load_full()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nobody panicked while changing the index")
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({})", self.name)
    }
}
