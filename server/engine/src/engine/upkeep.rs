//! The thread that flushes and merges.

use super::Indexes;
use crate::{
    error::{Error, Result},
    index::Index,
};
use arc_swap::ArcSwap;
use std::{
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard},
    thread::{self, JoinHandle},
    time::Duration,
};

/// How often the thread looks whether an index is at rest.
const LOOK: Duration = Duration::from_secs(2);

/// Wakes the thread.
#[derive(Default)]
pub(crate) struct Signal {
    state: Mutex<Wanted>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Wanted {
    #[default]
    Nothing,
    Upkeep,
    Stop,
}

impl Signal {
    pub fn raise(&self) {
        self.set(Wanted::Upkeep);
    }

    fn set(&self, wanted: Wanted) {
        let mut state = self.state();
        if *state != Wanted::Stop {
            *state = wanted;
        }
        self.changed.notify_one();
    }

    pub fn is_stopping(&self) -> bool {
        *self.state() == Wanted::Stop
    }

    /// Whether what is done now is to give way: nothing outlasts a stop, and who rests makes room for those who write.
    fn interrupts(&self, now: Wanted) -> bool {
        match *self.state() {
            Wanted::Nothing => false,
            Wanted::Upkeep => now == Wanted::Nothing,
            Wanted::Stop => true,
        }
    }

    /// Waits for a call, for a while.
    fn wait(&self) -> Wanted {
        let nothing = |wanted: &mut Wanted| *wanted == Wanted::Nothing;
        let waiting = self.changed.wait_timeout_while(self.state(), LOOK, nothing);
        let (mut wanted, _) = waiting.expect("nobody panics while setting it");
        match *wanted {
            Wanted::Upkeep => std::mem::take(&mut *wanted),
            stays => stays,
        }
    }

    fn state(&self) -> MutexGuard<'_, Wanted> {
        self.state.lock().expect("nobody panics while setting it")
    }
}

pub(super) struct Upkeeper {
    signal: Arc<Signal>,
    thread: Option<JoinHandle<()>>,
}

impl Upkeeper {
    pub fn start(signal: &Arc<Signal>, indexes: &Arc<ArcSwap<Indexes>>) -> Result<Self> {
        let (wanted, indexes) = (Arc::clone(signal), Arc::clone(indexes));
        let work = move || {
            loop {
                let now = wanted.wait();
                let care = match now {
                    Wanted::Nothing => Index::rest_if_quiet,
                    Wanted::Upkeep => Index::upkeep,
                    Wanted::Stop => break,
                };
                for index in indexes.load_full().values().flatten() {
                    if wanted.interrupts(now) {
                        break;
                    }
                    take(care, index);
                }
            }
        };
        let thread = thread::Builder::new().name("engine-upkeep".to_owned()).spawn(work);
        let thread = thread.map_err(Error::io("start the thread for", Path::new("upkeep")))?;
        Ok(Self { signal: Arc::clone(signal), thread: Some(thread) })
    }
}

fn take(care: fn(&Index) -> Result<()>, index: &Index) {
    match care(index) {
        // It was dropped meanwhile.
        Ok(()) | Err(Error::NotFound { .. }) => {}
        // Nothing is lost: the log has it, and the next call tries again.
        Err(error) => tracing::warn!(index = %index.name(), %error, "upkeep failed"),
    }
}

impl Drop for Upkeeper {
    fn drop(&mut self) {
        self.signal.set(Wanted::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rest_gives_way_to_writers_and_all_to_a_stop() {
        let signal = Signal::default();
        assert!(!signal.interrupts(Wanted::Nothing) && !signal.interrupts(Wanted::Upkeep));
        signal.raise();
        assert!(signal.interrupts(Wanted::Nothing) && !signal.interrupts(Wanted::Upkeep));
        signal.set(Wanted::Stop);
        signal.raise();
        assert!(signal.interrupts(Wanted::Nothing) && signal.interrupts(Wanted::Upkeep));
        assert!(signal.is_stopping());
    }
}
