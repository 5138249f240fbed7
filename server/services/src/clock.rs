//! The time, in milliseconds since 1970. Tests hold it still and move it by hand.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

#[derive(Clone, Debug, Default)]
pub struct Clock {
    held_at_ms: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still until [`Clock::advance`].
    pub fn held_at(now_ms: i64) -> Self {
        Self { held_at_ms: Some(Arc::new(AtomicI64::new(now_ms))) }
    }

    pub fn now_ms(&self) -> i64 {
        match &self.held_at_ms {
            Some(held) => held.load(Ordering::SeqCst),
            None => since_1970_ms(),
        }
    }

    /// Moves a held clock; the machine's goes its own way.
    pub fn advance(&self, by_ms: i64) {
        if let Some(held) = &self.held_at_ms {
            held.fetch_add(by_ms, Ordering::SeqCst);
        }
    }
}

fn since_1970_ms() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}
