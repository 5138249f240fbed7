//! What one key or service account does: counted in memory, and kept within its limits. The database learns of it later.

mod bucket;

use crate::usage::{Tallies, Tally};
use bucket::Bucket;
use conifer_domain::{Problem, api_keys::KeyLimits, ids::IndexId, limits::MINUTE_MS, permissions::Action};
use std::{
    mem,
    net::IpAddr,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed},
    },
};

const ACTIONS: usize = Action::ALL.len();

/// Outlives changes of its key.
pub(crate) struct Meter {
    requests: Bucket,
    bytes: Bucket,
    allowed: [AtomicU64; ACTIONS],
    denied: [AtomicU64; ACTIONS],
    denial_noted_ms: [AtomicI64; ACTIONS],
    last_used: Mutex<Option<(i64, IpAddr)>>,
    usage: Mutex<Tallies>,
    is_news: AtomicBool,
}

/// What happened since it was last told.
pub(super) struct News {
    pub(super) at_ms: i64,
    pub(super) address: IpAddr,
    pub(super) calls: Vec<Calls>,
    pub(super) usage: Tallies,
}

#[derive(Clone, Copy)]
pub(super) struct Calls {
    pub(super) action: Action,
    pub(super) allowed: u64,
    pub(super) denied: u64,
}

impl Default for Meter {
    fn default() -> Self {
        Self {
            requests: Bucket::default(),
            bytes: Bucket::default(),
            allowed: [const { AtomicU64::new(0) }; ACTIONS],
            denied: [const { AtomicU64::new(0) }; ACTIONS],
            denial_noted_ms: [const { AtomicI64::new(i64::MIN) }; ACTIONS],
            last_used: Mutex::new(None),
            usage: Mutex::default(),
            is_news: AtomicBool::new(false),
        }
    }
}

impl Meter {
    pub(crate) fn admit(&self, limits: KeyLimits) -> Result<(), Problem> {
        let waits = [
            limits.requests_per_s.and_then(|rate| self.requests.take(rate.into(), 1)),
            limits.bytes_per_s.and_then(|rate| self.bytes.take(rate, 0)),
        ];
        match waits.into_iter().flatten().max() {
            Some(wait) => Err(Problem::TooMany { retry_after_s: wait.as_secs() + 1 }),
            None => Ok(()),
        }
    }

    /// How many bytes a request brings shows only when they have come: they are paid for afterwards.
    pub(super) fn spend(&self, limits: KeyLimits, bytes: u64) {
        if let Some(rate) = limits.bytes_per_s {
            self.bytes.owe(rate, bytes);
        }
    }

    pub(super) fn used(&self, now_ms: i64, address: IpAddr) {
        *self.last_used.lock().unwrap_or_else(PoisonError::into_inner) = Some((now_ms, address));
        self.is_news.store(true, Relaxed);
    }

    pub(super) fn count(&self, action: Action, is_allowed: bool) {
        let counts = if is_allowed { &self.allowed } else { &self.denied };
        counts[action as usize].fetch_add(1, Relaxed);
        self.is_news.store(true, Relaxed);
    }

    pub(super) fn tally(&self, index: Option<IndexId>, hour: i64, tally: &Tally) {
        self.usage().entry((index, hour)).or_default().add(tally);
        self.is_news.store(true, Relaxed);
    }

    fn usage(&self) -> MutexGuard<'_, Tallies> {
        self.usage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The audit log tells of a program that is denied the same again and again once a minute.
    pub(crate) fn may_note_denial(&self, action: Action, now_ms: i64) -> bool {
        let noted_ms = &self.denial_noted_ms[action as usize];
        let is_due = |noted: i64| now_ms >= noted.saturating_add(MINUTE_MS);
        noted_ms.fetch_update(Relaxed, Relaxed, |noted| is_due(noted).then_some(now_ms)).is_ok()
    }

    pub(super) fn take_news(&self) -> Option<News> {
        if !self.is_news.swap(false, Relaxed) {
            return None;
        }
        let (at_ms, address) = (*self.last_used.lock().unwrap_or_else(PoisonError::into_inner))?;
        let calls = Action::ALL.iter().map(|action| Calls {
            action: *action,
            allowed: self.allowed[*action as usize].swap(0, Relaxed),
            denied: self.denied[*action as usize].swap(0, Relaxed),
        });
        let calls = calls.filter(|calls| calls.allowed + calls.denied > 0).collect();
        Some(News { at_ms, address, calls, usage: mem::take(&mut *self.usage()) })
    }

    /// They could not be told after all.
    pub(super) fn give_back(&self, news: &News) {
        for calls in &news.calls {
            self.allowed[calls.action as usize].fetch_add(calls.allowed, Relaxed);
            self.denied[calls.action as usize].fetch_add(calls.denied, Relaxed);
        }
        for ((index, hour), tally) in &news.usage {
            self.usage().entry((*index, *hour)).or_default().add(tally);
        }
        self.is_news.store(true, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn what_happened_is_told_once() {
        let meter = Meter::default();
        assert!(meter.take_news().is_none());
        meter.used(7, HERE);
        meter.count(Action::QueryVectors, true);
        meter.count(Action::QueryVectors, true);
        meter.count(Action::UpsertVectors, false);
        let news = meter.take_news().expect("news");
        assert_eq!((news.at_ms, news.address, news.calls.len()), (7, HERE, 2));
        assert!(meter.take_news().is_none());
        meter.give_back(&news);
        let again = meter.take_news().expect("news");
        let queries = again.calls.iter().find(|calls| calls.action == Action::QueryVectors);
        assert_eq!(queries.map(|calls| (calls.allowed, calls.denied)), Some((2, 0)));
    }

    #[test]
    fn a_denial_is_noted_once_a_minute_for_each_action() {
        let meter = Meter::default();
        let may = |action, now_ms| meter.may_note_denial(action, now_ms);
        assert!(may(Action::QueryVectors, 0) && !may(Action::QueryVectors, MINUTE_MS - 1));
        assert!(may(Action::FetchVectors, 0) && may(Action::QueryVectors, MINUTE_MS));
    }

    #[test]
    fn a_key_without_limits_has_none() {
        let meter = Meter::default();
        assert!((0..10_000).all(|_| meter.admit(KeyLimits::default()).is_ok()));
    }

    #[test]
    fn beyond_its_limit_a_key_is_told_when_to_come_again() {
        let meter = Meter::default();
        let limits = KeyLimits { requests_per_s: Some(5), bytes_per_s: None };
        let admitted = (0..100).filter(|_| meter.admit(limits).is_ok()).count();
        assert!((5..8).contains(&admitted), "{admitted}");
        assert_eq!(meter.admit(limits), Err(Problem::TooMany { retry_after_s: 1 }));
        let limits = KeyLimits { requests_per_s: None, bytes_per_s: Some(1_000) };
        assert_eq!(meter.admit(limits), Ok(()));
        meter.spend(limits, 10_000);
        assert!(matches!(meter.admit(limits), Err(Problem::TooMany { retry_after_s: 9..=10 })));
    }
}
