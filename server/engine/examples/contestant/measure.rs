//! What is measured of a process.

use serde_json::{Value as Json, json};
use std::{fs, time::Duration};

/// Time of this process on all processors; nothing where the system does not say.
pub fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let mut fields = after_name.split_whitespace().skip(11);
    let mut ticks = || fields.next().and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or_default();
    (ticks() + ticks()) / 100.0
}

/// Memory of this process that is no file's.
pub fn anonymous_bytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() * 1024
}

pub fn spread(mut times: Vec<Duration>) -> Json {
    times.sort_unstable();
    let at = |share: f64| {
        let rank = (times.len() as f64 * share) as usize;
        times.get(rank.min(times.len().saturating_sub(1))).copied().unwrap_or_default().as_secs_f64()
    };
    json!({ "count": times.len(), "p50": at(0.5), "p99": at(0.99), "most": at(1.0) })
}
