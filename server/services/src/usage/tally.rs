//! Counting: a few additions for each request.

use conifer_domain::{
    ids::IndexId,
    usage::{Figures, Latency},
};
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

/// What one request, or many, came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub figures: Figures,
    /// How many took how long, see [`range`].
    pub(super) latencies: BTreeMap<u8, u64>,
}

/// Those of a key by the index and the hour.
pub type Tallies = HashMap<(Option<IndexId>, i64), Tally>;

impl Tally {
    pub fn of_request(figures: Figures, took: Duration) -> Self {
        Self { figures, latencies: [(range(took), 1)].into() }
    }

    pub(crate) fn add(&mut self, more: &Self) {
        self.figures += more.figures;
        for (range, requests) in &more.latencies {
            *self.latencies.entry(*range).or_default() += requests;
        }
    }
}

/// Four ranges for each doubling: a percentile is told within a fifth of what it is.
const PER_DOUBLING: u32 = 4;

fn range(took: Duration) -> u8 {
    let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(PER_DOUBLING.into());
    let doublings = us.ilog2();
    let quarter = (us >> (doublings - 2)) & 3;
    u8::try_from(u64::from(PER_DOUBLING * doublings) + quarter).unwrap_or(u8::MAX)
}

/// The longest time that falls into a range.
fn longest_us(range: u8) -> u64 {
    let (doublings, quarter) = (u32::from(range) / PER_DOUBLING, u64::from(range) % u64::from(PER_DOUBLING));
    (((5 + quarter) << doublings) >> 2).saturating_sub(1)
}

/// None of nothing.
pub(super) fn latency(counts: &BTreeMap<u8, u64>) -> Option<Latency> {
    let all: u64 = counts.values().sum();
    let at = |percent: u64| {
        let wanted = (all * percent).div_ceil(100);
        let mut passed = 0;
        let found = counts.iter().find(|(_, count)| {
            passed += **count;
            passed >= wanted
        });
        found.map_or(0, |(range, _)| longest_us(*range))
    };
    (all > 0).then(|| Latency { p50_us: at(50), p99_us: at(99) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_falls_into_the_range_that_ends_above_it() {
        for us in [0, 1, 4, 5, 7, 8, 999, 1_000, 1_024, 123_456, 60_000_000] {
            let longest = longest_us(range(Duration::from_micros(us)));
            assert!(longest >= us && longest <= us.max(4) * 5 / 4, "{us}: {longest}");
        }
        assert!(range(Duration::from_secs(1 << 40)) > range(Duration::from_secs(1)));
    }

    #[test]
    fn percentiles_are_those_of_the_requests() {
        let mut tally = Tally::default();
        for us in 1..=1_000_u64 {
            tally.add(&Tally::of_request(Figures::default(), Duration::from_micros(us * 100)));
        }
        let found = latency(&tally.latencies).expect("a latency");
        assert!((50_000..=62_500).contains(&found.p50_us), "{found:?}");
        assert!((99_000..=125_000).contains(&found.p99_us), "{found:?}");
        assert_eq!(latency(&BTreeMap::new()), None);
    }
}
