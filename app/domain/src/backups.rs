//! Backups: what an index held at a moment, kept beside it. A collection is the same, made by the older name.

use crate::{
    ids::{BackupId, BackupScheduleId, IndexId, ProjectId, RestoreJobId},
    indexes::{Deployment, Tags, Vectors},
    limits::{BACKUP_DESCRIPTION_MAX_CHARS, DAY_MS, HOUR_MS, RETENTION_MAX_DAYS},
    paging::Paging,
    problem::{Field, Problem, Rule, Unit},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    pub id: BackupId,
    pub project_id: ProjectId,
    pub kind: BackupKind,
    /// A collection always has one, and no other collection of the project has it.
    pub name: Option<String>,
    pub description: Option<String>,
    pub index_id: IndexId,
    pub index_name: String,
    /// None while the index is there.
    pub index_deleted_at_ms: Option<i64>,
    pub schedule_id: Option<BackupScheduleId>,
    pub vectors: Vectors,
    pub deployment: Deployment,
    pub tags: Tags,
    pub state: BackupState,
    pub records: u64,
    pub namespaces: u64,
    pub size_bytes: u64,
    pub created_at_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BackupKind {
    Backup,
    Collection,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BackupState {
    Making,
    Ready,
    Failed,
    Deleting,
}

/// What a person may say of a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewBackup {
    pub name: Option<String>,
    pub description: Option<String>,
}

impl NewBackup {
    pub fn parse(name: Option<&str>, description: Option<&str>) -> Result<Self, Problem> {
        if let Some(name) = name {
            crate::indexes::check_label(name, Field::BackupName)?;
        }
        let found = description.map_or(0, |text| text.chars().count());
        if found > BACKUP_DESCRIPTION_MAX_CHARS {
            let max = BACKUP_DESCRIPTION_MAX_CHARS;
            let rule = Rule::Length { unit: Unit::Characters, min: 0, max, found };
            return Err(Problem::invalid(Field::Description, rule));
        }
        // No database takes text that has one.
        if description.is_some_and(|text| text.contains('\0')) {
            return Err(Problem::invalid(Field::Description, Rule::ControlCharacter));
        }
        Ok(Self { name: name.map(Into::into), description: description.map(Into::into) })
    }
}

/// Which backups of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupQuery {
    #[serde(default)]
    pub index_id: Option<IndexId>,
    #[serde(default)]
    pub paging: Paging,
}

/// An index made from a backup. Segments are shared, so it is complete as soon as it is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreJob {
    pub id: RestoreJobId,
    pub backup_id: BackupId,
    pub index_id: IndexId,
    pub index_name: String,
    pub state: RestoreState,
    pub created_at_ms: i64,
    pub completed_at_ms: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestoreState {
    Pending,
    Completed,
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Frequency {
    Hourly,
    Daily,
    Weekly,
    Monthly,
}

impl Frequency {
    pub const ALL: [Self; 4] = [Self::Hourly, Self::Daily, Self::Weekly, Self::Monthly];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }

    /// A month has thirty days here, as retention is in days too.
    pub const fn period_ms(self) -> i64 {
        match self {
            Self::Hourly => HOUR_MS,
            Self::Daily => DAY_MS,
            Self::Weekly => 7 * DAY_MS,
            Self::Monthly => 30 * DAY_MS,
        }
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Frequency {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|frequency| frequency.as_str() == text);
        found.ok_or(Problem::invalid(Field::Frequency, Rule::Unknown))
    }
}

/// How many days backups are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Retention(u32);

impl Retention {
    pub fn days(days: i64) -> Result<Self, Problem> {
        let fits = u32::try_from(days).ok().filter(|_| (1..=RETENTION_MAX_DAYS).contains(&days));
        let rule = Rule::Range { min: 1, max: RETENTION_MAX_DAYS, found: days };
        fits.map(Self).ok_or(Problem::invalid(Field::RetentionDays, rule))
    }

    pub const fn in_days(self) -> u32 {
        self.0
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSchedule {
    pub name: String,
    pub frequency: Frequency,
    pub retention: Retention,
}

impl NewSchedule {
    pub fn parse(name: &str, frequency: &str, retention_days: i64) -> Result<Self, Problem> {
        crate::indexes::check_label(name, Field::ScheduleName)?;
        let (frequency, retention) = (frequency.parse()?, Retention::days(retention_days)?);
        Ok(Self { name: name.into(), frequency, retention })
    }
}

/// What to change of a schedule; what is left out stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScheduleChange {
    pub frequency: Option<Frequency>,
    pub retention: Option<Retention>,
    pub enabled: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupSchedule {
    pub id: BackupScheduleId,
    pub project_id: ProjectId,
    pub index_id: IndexId,
    pub index_name: String,
    pub name: String,
    pub frequency: Frequency,
    pub retention: Retention,
    pub enabled: bool,
    /// None while it is disabled.
    pub next_run_at_ms: Option<i64>,
    pub created_at_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_have_limits() {
        assert!(NewSchedule::parse("nightly", "daily", 7).is_ok());
        assert!(NewSchedule::parse("Nightly", "daily", 7).is_err());
        assert!(NewSchedule::parse("nightly", "yearly", 7).is_err());
        let never = NewSchedule::parse("nightly", "daily", 0).expect_err("refused");
        assert_eq!(never.to_string(), "Days to keep must be 1 to 3650, but is 0.");
    }

    #[test]
    fn a_backup_may_have_a_name_and_some_words() {
        assert!(NewBackup::parse(None, None).is_ok());
        assert!(NewBackup::parse(Some("before-change"), Some("Ära")).is_ok());
        assert!(NewBackup::parse(Some("Before"), None).is_err());
        assert!(NewBackup::parse(None, Some(&"x".repeat(1_025))).is_err());
        assert!(NewBackup::parse(None, Some("a\0")).is_err());
    }
}
