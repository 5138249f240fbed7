//! One of a few words.

use crate::errors::{ApiError, Result};
use std::{fmt::Display, str::FromStr};

/// Longer ones are shown by their beginning.
const SHOWN_MAX_CHARS: usize = 80;

/// A refusal tells field, choices and what was found.
pub fn choice<T: Copy + Display + FromStr>(field: &str, text: &str, choices: &[T]) -> Result<T> {
    text.parse().map_err(|_| {
        let shown: String = text.chars().take(SHOWN_MAX_CHARS).collect();
        let mut words: Vec<_> = choices.iter().map(ToString::to_string).collect();
        let last = words.pop().unwrap_or_default();
        let before = words.join(", ");
        ApiError::invalid(format!("{field}: must be {before} or {last}, but is {shown:?}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_domain::indexes::Metric;

    #[test]
    fn a_refusal_tells_choices_and_value() {
        assert_eq!(choice("metric", "cosine", Metric::ALL), Ok(Metric::Cosine));
        let refused = choice("metric", "l2", Metric::ALL).expect_err("refused").message;
        assert_eq!(refused, "metric: must be cosine, dotproduct or euclidean, but is \"l2\"");
        let refused = choice("metric", &"x".repeat(1_000), Metric::ALL).expect_err("refused").message;
        assert!(refused.len() < 200, "{refused}");
    }
}
