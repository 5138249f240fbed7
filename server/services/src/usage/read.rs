//! Usage as people look at it: of a project for those who are in it, of an organization for its owners and billing
//! admins, of an index on its page.

use super::{hour, tally::latency};
use crate::{
    Error, Result, Services, api_keys,
    authorize::{Granted, Right},
    db::{Select, count},
};
use conifer_domain::{
    ids::{OrganizationId, ProjectId},
    limits::HOUR_MS,
    permissions::may,
    usage::{Figures, Moment, Share, Usage, UsageQuery},
};
use sqlx::FromRow;
use std::collections::{BTreeMap, HashMap, VecDeque};

/// What is asked about: rows of which projects, indexes and keys, since when, in which steps.
#[derive(Clone, Copy)]
struct Asked {
    whose: Whose,
    query: UsageQuery,
    now_ms: i64,
}

#[derive(Clone, Copy)]
enum Whose {
    Project(ProjectId),
    Organization(OrganizationId),
}

/// With a share for each of its indexes and keys.
pub async fn of_project(
    services: &Services,
    granted: &Granted<may::ViewProjectUsage>,
    query: UsageQuery,
) -> Result<Usage> {
    let asked = Asked::by(granted, Whose::Project(granted.of()), query);
    let mut usage = asked.usage(services).await?;
    usage.indexes = asked.shares(services, Part::Index).await?;
    usage.keys = asked.shares(services, Part::Key).await?;
    Ok(usage)
}

/// With a share for each of its projects.
pub async fn of_organization(
    services: &Services,
    granted: &Granted<may::ViewUsage>,
    query: UsageQuery,
) -> Result<Usage> {
    let asked = Asked::by(granted, Whose::Organization(granted.of()), query);
    let mut usage = asked.usage(services).await?;
    usage.projects = asked.shares(services, Part::Project).await?;
    Ok(usage)
}

/// `OutsideKey` for who may know of some namespaces alone.
pub async fn of_index(services: &Services, granted: &Granted<may::ViewIndex>, days: i64) -> Result<Usage> {
    granted.of_the_whole()?;
    let project = granted.project_id().ok_or(conifer_domain::Problem::NotFound)?;
    let query = UsageQuery { days, index_id: Some(granted.of()), key_id: None };
    Asked::by(granted, Whose::Project(project), query).usage(services).await
}

/// A line of a file: an hour or a day of one key at one index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub at_ms: i64,
    pub project_id: String,
    pub index_id: String,
    pub key_id: String,
    pub figures: Figures,
}

/// Lines of a file, a step at a time: no more is in memory than what is being sent.
pub struct Export {
    services: Services,
    asked: Asked,
    steps: VecDeque<i64>,
}

pub async fn export_project(
    services: &Services,
    granted: &Granted<may::ViewProjectUsage>,
    query: UsageQuery,
) -> Export {
    Asked::by(granted, Whose::Project(granted.of()), query).export(services).await
}

pub async fn export_organization(
    services: &Services,
    granted: &Granted<may::ViewUsage>,
    query: UsageQuery,
) -> Export {
    Asked::by(granted, Whose::Organization(granted.of()), query).export(services).await
}

impl Export {
    /// Those of the next step; none after the last.
    pub async fn next(&mut self) -> Option<Result<Vec<Row>>> {
        let at_ms = self.steps.pop_front()?;
        Some(self.asked.rows(&self.services, at_ms).await)
    }
}

#[derive(Clone, Copy)]
enum Part {
    Project,
    Index,
    Key,
}

#[derive(FromRow)]
struct Sums {
    requests: i64,
    errors: i64,
    read_units: i64,
    write_units: i64,
    records: i64,
    bytes: i64,
}

#[derive(FromRow)]
struct Stepped {
    step: i64,
    #[sqlx(flatten)]
    sums: Sums,
}

#[derive(FromRow)]
struct Named {
    id: String,
    #[sqlx(flatten)]
    sums: Sums,
}

#[derive(FromRow)]
struct Line {
    project_id: String,
    index_id: String,
    key_id: String,
    #[sqlx(flatten)]
    sums: Sums,
}

/// PostgreSQL's sums are of a wider type.
const SUMS: &str = "CAST(SUM(requests) AS BIGINT) AS requests, CAST(SUM(errors) AS BIGINT) AS errors,
    CAST(SUM(read_units) AS BIGINT) AS read_units, CAST(SUM(write_units) AS BIGINT) AS write_units,
    CAST(SUM(records) AS BIGINT) AS records, CAST(SUM(bytes) AS BIGINT) AS bytes FROM usage_hours WHERE";

impl Asked {
    fn by<P: Right>(granted: &Granted<P>, whose: Whose, query: UsageQuery) -> Self {
        Self { whose, query, now_ms: granted.at_ms() }
    }

    /// With what this server still has in memory.
    async fn usage(self, services: &Services) -> Result<Usage> {
        api_keys::note_before_reading(services).await;
        let rows: Vec<Stepped> = self
            .stepped("SELECT hour /")
            .push("AS step,")
            .push(SUMS)
            .within(self)
            .push("GROUP BY step")
            .fetch(services.db())
            .await?;
        let figures: HashMap<i64, Figures> =
            rows.into_iter().map(|row| (row.step, row.sums.read())).collect();
        let latencies = self.latencies(services).await?;
        let moment = |at_ms: i64| {
            let step = at_ms.div_euclid(self.query.step_ms());
            let latency = latencies.get(&step).and_then(latency);
            Moment { at_ms, figures: figures.get(&step).copied().unwrap_or_default(), latency }
        };
        let moments: Vec<Moment> = self.query.steps(self.now_ms).map(moment).collect();
        let mut total = Figures::default();
        moments.iter().for_each(|moment| total += moment.figures);
        let mut all = BTreeMap::new();
        for (range, requests) in latencies.values().flatten() {
            *all.entry(*range).or_default() += requests;
        }
        Ok(Usage { total, latency: latency(&all), moments, ..Usage::default() })
    }

    async fn latencies(self, services: &Services) -> Result<HashMap<i64, BTreeMap<u8, u64>>> {
        let rows: Vec<(i64, i64, i64)> = self
            .stepped("SELECT hour /")
            .push("AS step, bucket, CAST(SUM(requests) AS BIGINT) FROM usage_latencies WHERE")
            .within(self)
            .push("GROUP BY step, bucket")
            .fetch(services.db())
            .await?;
        let mut found: HashMap<i64, BTreeMap<u8, u64>> = HashMap::new();
        for (step, bucket, requests) in rows {
            let bucket = u8::try_from(bucket).map_err(Error::internal)?;
            found.entry(step).or_default().insert(bucket, count(requests));
        }
        Ok(found)
    }

    /// The busiest first.
    async fn shares(self, services: &Services, part: Part) -> Result<Vec<Share>> {
        let (select, group) = match part {
            Part::Project => ("SELECT project_id AS id,", "GROUP BY project_id"),
            Part::Index => ("SELECT index_id AS id,", "GROUP BY index_id"),
            Part::Key => ("SELECT key_id AS id,", "GROUP BY key_id"),
        };
        let rows: Vec<Named> =
            Select::new(select).push(SUMS).within(self).push(group).fetch(services.db()).await?;
        let mut names = self.names(services, part).await?;
        let share = |row: Named| Share { name: names.remove(&row.id), id: row.id, figures: row.sums.read() };
        let mut shares: Vec<Share> = rows.into_iter().map(share).collect();
        shares.sort_by(|a, b| b.figures.requests.cmp(&a.figures.requests).then_with(|| a.id.cmp(&b.id)));
        Ok(shares)
    }

    async fn names(self, services: &Services, part: Part) -> Result<HashMap<String, String>> {
        let select = match part {
            Part::Project => "SELECT id, name FROM projects WHERE",
            Part::Index => "SELECT id, name FROM indexes WHERE",
            Part::Key => "SELECT id, name FROM api_keys WHERE revoked_at IS NULL AND",
        };
        let select = Select::new(select);
        let select = match self.whose {
            Whose::Project(id) => select.push("project_id =").bind(id.to_string()),
            Whose::Organization(id) => select.push("organization_id =").bind(id.to_string()),
        };
        let rows: Vec<(String, String)> = select.fetch(services.db()).await?;
        Ok(rows.into_iter().collect())
    }

    async fn export(self, services: &Services) -> Export {
        api_keys::note_before_reading(services).await;
        Export { services: services.clone(), asked: self, steps: self.query.steps(self.now_ms).collect() }
    }

    async fn rows(self, services: &Services, at_ms: i64) -> Result<Vec<Row>> {
        let lines: Vec<Line> = Select::new("SELECT project_id, index_id, key_id,")
            .push(SUMS)
            .within(self)
            .push("AND hour >=")
            .bind(hour(at_ms))
            .push("AND hour <")
            .bind(hour(at_ms + self.query.step_ms()))
            .push("GROUP BY project_id, index_id, key_id ORDER BY project_id, index_id, key_id")
            .fetch(services.db())
            .await?;
        let row = |line: Line| {
            let Line { project_id, index_id, key_id, sums } = line;
            Row { at_ms, project_id, index_id, key_id, figures: sums.read() }
        };
        Ok(lines.into_iter().map(row).collect())
    }

    fn stepped(self, select: &'static str) -> Select {
        Select::new(select).bind(self.query.step_ms() / HOUR_MS)
    }
}

trait Within {
    fn within(self, asked: Asked) -> Self;
}

impl Within for Select {
    fn within(self, asked: Asked) -> Self {
        let select = match asked.whose {
            Whose::Project(id) => self.push("project_id =").bind(id.to_string()),
            Whose::Organization(id) => self
                .push("project_id IN (SELECT id FROM projects WHERE organization_id =")
                .bind(id.to_string())
                .push(")"),
        };
        let since = asked.query.steps(asked.now_ms).next().unwrap_or(asked.now_ms);
        select
            .push("AND hour >=")
            .bind(hour(since))
            .also("AND index_id =", asked.query.index_id.map(|id| id.to_string()))
            .also("AND key_id =", asked.query.key_id.map(|id| id.to_string()))
    }
}

impl Sums {
    fn read(self) -> Figures {
        Figures {
            requests: count(self.requests),
            errors: count(self.errors),
            read_units: count(self.read_units),
            write_units: count(self.write_units),
            records: count(self.records),
            bytes: count(self.bytes),
        }
    }
}
