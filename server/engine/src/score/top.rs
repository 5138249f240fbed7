//! The best of many.

use super::Metric;
use std::{cmp::Ordering, collections::BinaryHeap};

/// Something with a score. Of equal scores the lesser id is better.
pub struct Found<I, T> {
    pub score: f32,
    pub id: I,
    pub what: T,
}

/// Keeps the best `limit` of what it is offered.
pub struct Top<I, T> {
    metric: Metric,
    limit: usize,
    /// The worst is on top.
    heap: BinaryHeap<Ranked<I, T>>,
}

struct Ranked<I, T>(Metric, Found<I, T>);

impl<I: Ord, T> Top<I, T> {
    pub fn new(metric: Metric, limit: usize) -> Self {
        Self { metric, limit, heap: BinaryHeap::new() }
    }

    /// Whether something of this score, with a good enough id, would be kept.
    pub fn admits(&self, score: f32) -> bool {
        match self.heap.peek() {
            Some(worst) if self.heap.len() == self.limit => self.metric.compare(score, worst.1.score).is_le(),
            _ => self.limit > 0,
        }
    }

    /// What a score must be as good as. None while anything is welcome.
    pub fn bound(&self) -> Option<f32> {
        self.heap.peek().filter(|_| self.heap.len() == self.limit).map(|worst| worst.1.score)
    }

    pub fn offer(&mut self, found: Found<I, T>) {
        let ranked = Ranked(self.metric, found);
        if self.heap.len() < self.limit {
            self.heap.push(ranked);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }

    /// The best first.
    pub fn into_sorted(self) -> Vec<Found<I, T>> {
        self.heap.into_sorted_vec().into_iter().map(|ranked| ranked.1).collect()
    }
}

impl<I: Ord, T> Ord for Ranked<I, T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.compare(self.1.score, other.1.score).then_with(|| self.1.id.cmp(&other.1.id))
    }
}

impl<I: Ord, T> PartialOrd for Ranked<I, T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<I: Ord, T> PartialEq for Ranked<I, T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<I: Ord, T> Eq for Ranked<I, T> {}
