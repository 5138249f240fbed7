//! Schedules of backups, as programs write and see them.

use super::super::time::written;
use crate::{
    errors::{ApiError, Result},
    requests::choice,
};
use conifer_domain::backups::{BackupSchedule, Frequency, NewSchedule, Retention, ScheduleChange};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub(crate) struct CreateScheduleRequest {
    #[schema(min_length = 1, max_length = 45, pattern = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    name: String,
    schedule: When,
    retention: Kept,
}

#[derive(Deserialize, ToSchema)]
struct When {
    #[schema(pattern = "^time-based$")]
    r#type: String,
    #[schema(pattern = "^(hourly|daily|weekly|monthly)$")]
    frequency: String,
}

#[derive(Deserialize, ToSchema)]
struct Kept {
    #[schema(minimum = 1, maximum = 3650)]
    expire_after_days: i64,
}

impl CreateScheduleRequest {
    pub(super) fn into_new(self) -> Result<NewSchedule> {
        if self.schedule.r#type != "time-based" {
            let found = self.schedule.r#type;
            return Err(ApiError::invalid(format!(
                "schedule.type: must be \"time-based\", but is {found:?}"
            )));
        }
        let days = self.retention.expire_after_days;
        let frequency: Frequency = choice("schedule.frequency", &self.schedule.frequency, &Frequency::ALL)?;
        Ok(NewSchedule::parse(&self.name, frequency.as_str(), days)?)
    }
}

#[derive(Default, Deserialize, ToSchema)]
pub(crate) struct UpdateScheduleRequest {
    #[serde(default)]
    #[schema(pattern = "^(hourly|daily|weekly|monthly)$")]
    frequency: Option<String>,
    #[serde(default)]
    retention: Option<Kept>,
    #[serde(default)]
    enabled: Option<bool>,
}

impl UpdateScheduleRequest {
    pub(super) fn into_change(self) -> Result<ScheduleChange> {
        let days = self.retention.map(|kept| Retention::days(kept.expire_after_days));
        let frequency = self.frequency.as_deref();
        let frequency = frequency.map(|text| choice("frequency", text, &Frequency::ALL));
        Ok(ScheduleChange {
            frequency: frequency.transpose()?,
            retention: days.transpose()?,
            enabled: self.enabled,
        })
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ScheduleModel {
    schedule_id: String,
    name: String,
    index_id: String,
    project_id: String,
    schedule_type: &'static str,
    frequency: &'static str,
    retention_expire_after_days: u32,
    enabled: bool,
    /// None while it is disabled.
    next_scheduled_run: Option<String>,
    created_at: String,
}

impl From<BackupSchedule> for ScheduleModel {
    fn from(schedule: BackupSchedule) -> Self {
        Self {
            schedule_id: schedule.id.to_string(),
            name: schedule.name,
            index_id: schedule.index_id.to_string(),
            project_id: schedule.project_id.to_string(),
            schedule_type: "time-based",
            frequency: schedule.frequency.as_str(),
            retention_expire_after_days: schedule.retention.in_days(),
            enabled: schedule.enabled,
            next_scheduled_run: schedule.next_run_at_ms.map(written),
            created_at: written(schedule.created_at_ms),
        }
    }
}
