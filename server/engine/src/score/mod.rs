//! How alike two records are. Every score a caller sees is computed here, so it is the same wherever a record lies.

mod kernel;
mod outlook;
mod top;

pub use outlook::Outlook;
pub use top::{Found, Top};

use crate::records::SparseValues;
use std::cmp::Ordering;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    Cosine,
    DotProduct,
    /// The squared distance: the only metric where less is better.
    Euclidean,
}

impl From<Metric> for conifer_ann::Metric {
    fn from(metric: Metric) -> Self {
        match metric {
            Metric::Cosine => Self::Cosine,
            Metric::DotProduct => Self::DotProduct,
            Metric::Euclidean => Self::Euclidean,
        }
    }
}

impl Metric {
    /// Orders the better score first.
    pub fn compare(self, a: f32, b: f32) -> Ordering {
        match self {
            Self::Cosine | Self::DotProduct => b.total_cmp(&a),
            Self::Euclidean => a.total_cmp(&b),
        }
    }
}

/// Between these, a sum of squares in `f32` has not lost small numbers or run out of range.
const RELIABLE: std::ops::Range<f32> = 1e-24..1e37;

/// Whether sums over these values in `f32` can be relied on.
pub fn is_ordinary(values: &[f32]) -> bool {
    RELIABLE.contains(&kernel::dot(values, values))
}

/// Dense values that others are compared with.
pub struct Dense {
    metric: Metric,
    /// For cosine of length 1, or all zeros.
    values: Vec<f32>,
}

impl Dense {
    pub fn new(metric: Metric, values: &[f32]) -> Self {
        let values = match metric {
            Metric::Cosine => kernel::normalized(values),
            Metric::DotProduct | Metric::Euclidean => values.to_vec(),
        };
        Self { metric, values }
    }

    pub fn score(&self, row: &[f32]) -> f32 {
        let score = match self.metric {
            Metric::DotProduct => kernel::dot(&self.values, row),
            Metric::Euclidean => kernel::squared_distance(&self.values, row),
            Metric::Cosine => {
                let (dot, squares) = kernel::dot_and_squares(&self.values, row);
                if RELIABLE.contains(&squares) { dot / squares.sqrt() } else { f32::NAN }
            }
        };
        let score = if score.is_finite() { score } else { self.wide(row) };
        // Without the sign of zero, so that scores of nothing are ties.
        let score = score + 0.0;
        if self.metric == Metric::Cosine { score.clamp(-1.0, 1.0) } else { score }
    }

    /// For numbers too large or too small for sums in `f32`. The result is held to what an `f32` can say.
    fn wide(&self, row: &[f32]) -> f32 {
        let pairs = || self.values.iter().zip(row).map(|(a, b)| (f64::from(*a), f64::from(*b)));
        let score: f64 = match self.metric {
            Metric::DotProduct => pairs().map(|(a, b)| a * b).sum(),
            Metric::Euclidean => pairs().map(|(a, b)| (a - b) * (a - b)).sum(),
            Metric::Cosine => {
                let length = pairs().map(|(_, b)| b * b).sum::<f64>().sqrt();
                if length == 0.0 { 0.0 } else { pairs().map(|(a, b)| a * b).sum::<f64>() / length }
            }
        };
        held(score)
    }
}

/// The dot product of sparse values, or nothing where they share no place.
pub fn sparse_dot(a: &SparseValues, b: &SparseValues) -> Option<f64> {
    let (mut left, mut right) = (a.pairs().peekable(), b.pairs().peekable());
    let mut sum = None;
    while let (Some((i, x)), Some((j, y))) = (left.peek(), right.peek()) {
        match i.cmp(j) {
            Ordering::Less => drop(left.next()),
            Ordering::Greater => drop(right.next()),
            Ordering::Equal => {
                *sum.get_or_insert(0.0) += f64::from(*x) * f64::from(*y);
                left.next();
                right.next();
            }
        }
    }
    sum
}

/// A sum as a score: within the range of `f32`, and without the sign of zero.
pub fn held(score: f64) -> f32 {
    score.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32 + 0.0
}

#[cfg(test)]
mod tests;
