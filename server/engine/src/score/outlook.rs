//! What a score can be at best, told from sums that were made in another order than the score's.

use super::{Metric, RELIABLE};
use conifer_ann::kernels::dot;

pub struct Outlook {
    metric: Metric,
    square: f32,
    /// How far off a product may be, for a row and a query of length one.
    error: f32,
}

impl Outlook {
    pub fn new(metric: Metric, query: &[f32]) -> Self {
        // Twice what the roundings of as many sums can come to.
        Self { metric, square: dot(query, query), error: 2.0 * query.len() as f32 * f32::EPSILON }
    }

    /// The best score that a row can have, given its product with the query and its own square.
    pub fn best(&self, product: f32, square: f32) -> f32 {
        if !RELIABLE.contains(&square) || !RELIABLE.contains(&self.square) || !product.is_finite() {
            return match self.metric {
                Metric::Euclidean => f32::NEG_INFINITY,
                Metric::Cosine | Metric::DotProduct => f32::INFINITY,
            };
        }
        let off = self.error * (self.square.sqrt() * square.sqrt());
        match self.metric {
            Metric::DotProduct => product + off,
            Metric::Cosine => (product + off) / (self.square.sqrt() * square.sqrt()) + self.error,
            Metric::Euclidean => {
                let most = self.square + square;
                most - 2.0 * product - 4.0 * off - self.error * most
            }
        }
    }
}
