//! What is measured of a process.

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value as Json, json};
use std::{fs, time::Duration};

/// Time of this process on all processors.
pub fn cpu_seconds() -> f64 {
    time(ClockId::ProcessCPUTime).as_secs_f64()
}

/// Time of this thread on a processor.
pub fn thread_time() -> Duration {
    time(ClockId::ThreadCPUTime)
}

fn time(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
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
