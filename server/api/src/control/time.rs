//! Moments as programs read them.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// In UTC, to the millisecond.
pub(crate) fn written(at_ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at_ms) * 1_000_000);
    at.ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_in_utc() {
        assert_eq!(written(1_795_172_400_500), "2026-11-20T11:00:00.5Z");
    }
}
