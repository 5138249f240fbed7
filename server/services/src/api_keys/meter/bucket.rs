//! A rate that may be exceeded for a moment: one number, the time until which what was taken has been paid for.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

/// How far ahead one may take.
const BURST: Duration = Duration::from_secs(1);

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

#[derive(Default)]
pub(super) struct Bucket {
    paid_until_ns: AtomicU64,
}

impl Bucket {
    /// Takes `amount`, of which `rate_per_s` is due each second, or tells how long to wait. Even more than all of a
    /// burst can be taken at once, so nothing is too large for ever; it is paid for afterwards.
    pub(super) fn take(&self, rate_per_s: u64, amount: u64) -> Option<Duration> {
        self.take_at(START.elapsed(), rate_per_s, amount)
    }

    /// Takes `amount` that was used already, whatever is left: the next one to take waits for it.
    pub(super) fn owe(&self, rate_per_s: u64, amount: u64) {
        self.owe_at(START.elapsed(), rate_per_s, amount);
    }

    fn owe_at(&self, now: Duration, rate_per_s: u64, amount: u64) {
        let (now_ns, price_ns) = (nanoseconds(now), price_ns(rate_per_s, amount));
        let pay = |paid_ns: u64| Some(paid_ns.max(now_ns).saturating_add(price_ns));
        // It never fails: there is always a next value.
        _ = self.paid_until_ns.fetch_update(Relaxed, Relaxed, pay);
    }

    fn take_at(&self, now: Duration, rate_per_s: u64, amount: u64) -> Option<Duration> {
        let now_ns = nanoseconds(now);
        let price_ns = price_ns(rate_per_s, amount);
        let latest_ns = now_ns.saturating_add(nanoseconds(BURST));
        let pay = |paid_ns: u64| (paid_ns <= latest_ns).then(|| paid_ns.max(now_ns).saturating_add(price_ns));
        match self.paid_until_ns.fetch_update(Relaxed, Relaxed, pay) {
            Ok(_) => None,
            Err(paid_ns) => Some(Duration::from_nanos(paid_ns - latest_ns)),
        }
    }
}

fn price_ns(rate_per_s: u64, amount: u64) -> u64 {
    let price = u128::from(amount) * 1_000_000_000 / u128::from(rate_per_s.max(1));
    u64::try_from(price).unwrap_or(u64::MAX)
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn over_time_no_more_than_the_rate_is_taken() {
        let bucket = Bucket::default();
        // Somebody who tries every millisecond for ten seconds.
        let taken = (0..10_000).filter(|ms| bucket.take_at(at(*ms), 20, 1).is_none()).count();
        assert!((200..=222).contains(&taken), "{taken}");
    }

    #[test]
    fn the_wait_is_just_long_enough() {
        let bucket = Bucket::default();
        while bucket.take_at(at(0), 10, 3).is_none() {}
        let wait = bucket.take_at(at(0), 10, 3).expect("a wait");
        assert!(bucket.take_at(wait - at(1), 10, 3).is_some());
        assert!(bucket.take_at(wait, 10, 3).is_none());
    }

    #[test]
    fn what_was_used_is_paid_for_by_whoever_comes_next() {
        let bucket = Bucket::default();
        bucket.owe_at(at(0), 1_000, 30_000);
        let wait = bucket.take_at(at(0), 1_000, 1).expect("a wait");
        assert_eq!(wait, Duration::from_secs(29));
        assert!(bucket.take_at(wait, 1_000, 1).is_none());
    }

    #[test]
    fn who_was_away_long_has_one_burst_and_no_more() {
        let bucket = Bucket::default();
        let taken = (0..100).filter(|_| bucket.take_at(at(3_600_000), 10, 1).is_none()).count();
        assert_eq!(taken, 11);
    }
}
