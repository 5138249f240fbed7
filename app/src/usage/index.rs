//! How an index fared in the last days, on its page.

use super::chart::{Charts, Line};
#[cfg(feature = "ssr")]
use crate::server;
use crate::{
    Failure,
    loaded::{Loaded, load, when_loaded_below_title},
    ui::*,
};
#[cfg(feature = "ssr")]
use conifer_domain::permissions::may;
use conifer_domain::usage::{Latency, Moment, Size, Usage, UsageQuery};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const DAYS: i64 = 7;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexPast {
    usage: Usage,
    sizes: Vec<Size>,
}

#[server(prefix = "/fn", endpoint = "usage/index")]
pub async fn fetch_index_usage(id: String) -> Result<IndexPast, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::ViewIndex>(&services, &id).await?;
    let usage = conifer_services::usage::of_index(&services, &granted, DAYS).await?;
    let sizes = conifer_services::usage::sizes(&services, &granted, DAYS).await?;
    Ok(IndexPast { usage, sizes })
}

/// Begun with the page: begun by a part of it that is made when the index is there, it would be asked again whenever
/// that is made anew.
pub fn load_index_usage(id: impl Fn() -> String + Send + Sync + 'static) -> Loaded<IndexPast> {
    load(move || FetchIndexUsage { id: id() })
}

#[component]
pub fn IndexUsage(past: Loaded<IndexPast>) -> impl IntoView {
    when_loaded_below_title(past, |past| view! { <Past past /> })
}

#[component]
fn Past(past: IndexPast) -> impl IntoView {
    let IndexPast { usage, sizes } = past;
    let latency = |of: fn(Latency) -> u64| -> Vec<Option<f64>> {
        usage.moments.iter().map(|moment| moment.latency.map(|latency| of(latency) as f64)).collect()
    };
    let overall = |of: fn(Latency) -> u64| {
        usage.latency.map_or("nothing asked".to_owned(), |latency| duration_us(of(latency)))
    };
    let last = |of: fn(&Size) -> u64, write: fn(u64) -> String| {
        sizes.last().map_or("not measured yet".to_owned(), |size| write(of(size)))
    };
    let size = |of: fn(&Size) -> u64| over_time(&usage.moments, &sizes, of);
    let requests = usage.moments.iter().map(|moment| Some(moment.figures.requests as f64)).collect();
    let lines = vec![
        Line {
            label: "Records",
            numbers: size(|size| size.records),
            total: last(|size| size.records, count),
            write: count,
        },
        Line {
            label: "On disk",
            numbers: size(|size| size.disk_bytes),
            total: last(|size| size.disk_bytes, bytes),
            write: bytes,
        },
        Line {
            label: "In memory",
            numbers: size(|size| size.memory_bytes),
            total: last(|size| size.memory_bytes, bytes),
            write: bytes,
        },
        Line { label: "Requests", numbers: requests, total: count(usage.total.requests), write: count },
        Line {
            label: "Latency p50",
            numbers: latency(|latency| latency.p50_us),
            total: overall(|latency| latency.p50_us),
            write: duration_us,
        },
        Line {
            label: "Latency p99",
            numbers: latency(|latency| latency.p99_us),
            total: overall(|latency| latency.p99_us),
            write: duration_us,
        },
    ];
    view! {
        <Card title="Last 7 days" text="By the hour, in UTC. What this index holds is noted every ten minutes.">
            <Charts lines />
        </Card>
    }
    .into_any()
}

/// A size for each step: that of its last measurement, or of the one before.
fn over_time(moments: &[Moment], sizes: &[Size], of: fn(&Size) -> u64) -> Vec<Option<f64>> {
    let step_ms = UsageQuery { days: DAYS, ..UsageQuery::default() }.step_ms();
    let (mut rest, mut last) = (sizes.iter().peekable(), None);
    let at = |moment: &Moment| {
        while let Some(size) = rest.next_if(|size| size.at_ms < moment.at_ms + step_ms) {
            last = Some(of(size) as f64);
        }
        last
    };
    moments.iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use conifer_domain::limits::HOUR_MS;

    #[test]
    fn a_size_lasts_until_the_next_is_measured() {
        let moment = |hour| Moment { at_ms: hour * HOUR_MS, ..Moment::default() };
        let size = |hour, records| Size { at_ms: hour * HOUR_MS, records, disk_bytes: 0, memory_bytes: 0 };
        let moments: Vec<_> = (1..6).map(moment).collect();
        let found = over_time(&moments, &[size(2, 7), size(4, 9)], |size| size.records);
        assert_eq!(found, [None, Some(7.0), Some(7.0), Some(9.0), Some(9.0)]);
    }
}
