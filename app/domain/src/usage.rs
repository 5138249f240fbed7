//! What programs asked for: counted by the hour, looked at by the hour or by the day.

use crate::{
    ids::{ApiKeyId, IndexId},
    limits::{DAY_MS, HOUR_MS},
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use std::{ops::AddAssign, str::FromStr};

/// How far back usage is kept.
pub const USAGE_AGE_MAX_DAYS: i64 = 90;
/// How far back it is shown by the hour: beyond, by the day.
pub const BY_HOUR_MAX_DAYS: i64 = 7;

/// Whose usage, and since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageQuery {
    /// Today among them; none of it is what is usual.
    pub days: i64,
    #[serde(default)]
    pub index_id: Option<IndexId>,
    #[serde(default)]
    pub key_id: Option<ApiKeyId>,
}

impl UsageQuery {
    const USUAL_DAYS: i64 = 7;

    /// As an address says it; what it does not say is empty.
    pub fn read(days: &str, index_id: &str, key_id: &str) -> Result<Self, Problem> {
        let days = if days.is_empty() { 0 } else { days.parse().map_err(|_| Problem::BadRequest)? };
        Ok(Self { days, index_id: read_id(index_id)?, key_id: read_id(key_id)? })
    }

    /// The address's part that says so.
    pub fn to_query(self) -> String {
        let mut query = format!("?days={}", self.days());
        let ids = [
            ("index", self.index_id.map(|id| id.to_string())),
            ("key", self.key_id.map(|id| id.to_string())),
        ];
        for (name, id) in ids {
            if let Some(id) = id {
                query.push_str(&format!("&{name}={id}"));
            }
        }
        query
    }

    pub fn days(self) -> i64 {
        if self.days == 0 { Self::USUAL_DAYS } else { self.days.clamp(1, USAGE_AGE_MAX_DAYS) }
    }

    pub fn step_ms(self) -> i64 {
        if self.days() <= BY_HOUR_MAX_DAYS { HOUR_MS } else { DAY_MS }
    }

    /// The beginnings of all steps up to now.
    pub fn steps(self, now_ms: i64) -> impl Iterator<Item = i64> {
        let step_ms = self.step_ms();
        let first = (now_ms.div_euclid(DAY_MS) + 1 - self.days()) * DAY_MS;
        (0..).map(move |nth| first + nth * step_ms).take_while(move |at_ms| *at_ms <= now_ms)
    }
}

/// An id that is none is as unknown as one of nobody.
fn read_id<T: FromStr>(text: &str) -> Result<Option<T>, Problem> {
    (!text.is_empty()).then(|| text.parse().map_err(|_| Problem::NotFound)).transpose()
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub requests: u64,
    /// Those of them that were refused or failed.
    pub errors: u64,
    pub read_units: u64,
    pub write_units: u64,
    /// Written by upserts.
    pub records: u64,
    /// Received in the bodies of requests.
    pub bytes: u64,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, more: Self) {
        self.requests += more.requests;
        self.errors += more.errors;
        self.read_units += more.read_units;
        self.write_units += more.write_units;
        self.records += more.records;
        self.bytes += more.bytes;
    }
}

/// How long requests took: half of them no longer than one, all but a hundredth no longer than the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latency {
    pub p50_us: u64,
    pub p99_us: u64,
}

/// An hour or a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub at_ms: i64,
    pub figures: Figures,
    /// None where nothing was asked.
    pub latency: Option<Latency>,
}

/// What fell to one project, index or key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub id: String,
    /// None once it is gone, and for what is about no index.
    pub name: Option<String>,
    pub figures: Figures,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    pub total: Figures,
    pub latency: Option<Latency>,
    /// One for each step, the oldest first.
    pub moments: Vec<Moment>,
    /// Of an organization.
    pub projects: Vec<Share>,
    /// Of a project.
    pub indexes: Vec<Share>,
    pub keys: Vec<Share>,
}

/// How much an index held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    pub at_ms: i64,
    pub records: u64,
    pub disk_bytes: u64,
    pub memory_bytes: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(days: i64) -> Vec<i64> {
        let now_ms = 100 * DAY_MS + 5 * HOUR_MS + 1;
        UsageQuery { days, ..UsageQuery::default() }.steps(now_ms).collect()
    }

    #[test]
    fn an_address_says_what_is_asked() {
        let id = "0190a000-0000-7000-8000-000000000002";
        let query = UsageQuery::read("30", id, "").expect("a query");
        assert_eq!((query.days, query.to_query()), (30, format!("?days=30&index={id}")));
        assert_eq!(UsageQuery::read("", "", "").expect("a query").to_query(), "?days=7");
        assert_eq!(UsageQuery::read("x", "", ""), Err(Problem::BadRequest));
        assert_eq!(UsageQuery::read("", "x", ""), Err(Problem::NotFound));
    }

    #[test]
    fn steps_go_from_the_first_day_to_now() {
        let hours = steps(1);
        assert_eq!((hours.len(), hours[0], hours[5]), (6, 100 * DAY_MS, 100 * DAY_MS + 5 * HOUR_MS));
        assert_eq!(steps(7).len(), 6 * 24 + 6);
        assert_eq!(steps(0), steps(7));
        let days = steps(30);
        assert_eq!((days.len(), days[0], days[29]), (30, 71 * DAY_MS, 100 * DAY_MS));
        assert_eq!(steps(1_000).len(), 90);
    }
}
