//! The k nearest seen so far.

use std::{cmp::Ordering, collections::BinaryHeap};

/// A position and its squared distance; nearer is less, and of the equally near the earlier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub squared_distance: f32,
    pub position: u32,
}

impl Eq for Found {}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_distance = self.squared_distance.total_cmp(&other.squared_distance);
        by_distance.then(self.position.cmp(&other.position))
    }
}

pub struct Top {
    k: usize,
    heap: BinaryHeap<Found>,
}

impl Top {
    pub fn new(k: usize) -> Self {
        Self { k, heap: BinaryHeap::with_capacity(k + 1) }
    }

    /// What a newcomer must be nearer than.
    #[inline]
    pub fn threshold(&self) -> f32 {
        if self.heap.len() < self.k {
            return f32::INFINITY;
        }
        self.heap.peek().map_or(f32::NEG_INFINITY, |worst| worst.squared_distance)
    }

    /// How many more it takes whatever their distance.
    pub fn missing(&self) -> usize {
        self.k - self.heap.len()
    }

    #[inline]
    pub fn offer(&mut self, found: Found) {
        if self.heap.len() < self.k {
            self.heap.push(found);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && found < *worst
        {
            *worst = found;
        }
    }

    /// Nearest first.
    pub fn into_sorted(self) -> Vec<Found> {
        self.heap.into_sorted_vec()
    }
}
