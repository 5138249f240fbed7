//! Numbers that follow from a seed.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher, Hasher},
};

/// SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Of these parts, in this order.
    pub fn of(parts: &[u64]) -> Self {
        parts.iter().fold(Self(0), |mut random, part| Self(random.next() ^ part))
    }

    pub fn fresh_seed() -> u64 {
        RandomState::new().build_hasher().finish()
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ bits >> 31
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}
