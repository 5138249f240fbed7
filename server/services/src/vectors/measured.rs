//! How long the engine takes, for Prometheus.

use conifer_engine::{Error, Result};
use metrics::histogram;
use std::time::Instant;

/// By operation and outcome.
pub const OPERATION_TIME: &str = "conifer_operation_duration_seconds";
/// From a look at one record to the making of an index from a large backup.
pub const OPERATION_BUCKETS_S: [f64; 12] =
    [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.25, 1.0, 10.0];

pub(super) fn measured<T>(operation: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let begin = Instant::now();
    let done = work();
    let labels = [("operation", operation), ("outcome", outcome(&done))];
    histogram!(OPERATION_TIME, &labels).record(begin.elapsed().as_secs_f64());
    if let Some(error) = done.as_ref().err().filter(|error| !is_refusal(error)) {
        tracing::error!(operation, %error, "the vector engine failed");
    }
    done
}

fn outcome<T>(done: &Result<T>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(error) if is_refusal(error) => "refused",
        Err(_) => "failed",
    }
}

/// What was asked for cannot be.
fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Invalid(_) | Error::NotFound { .. } | Error::AlreadyExists { .. })
}
