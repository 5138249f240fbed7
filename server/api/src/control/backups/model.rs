//! Backups and what is made of them, as programs see them.

use super::super::{indexes::IndexSchema, time::written};
use crate::version::ApiVersion;
use conifer_domain::backups::{Backup, BackupState, RestoreJob, RestoreState};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct BackupModel {
    backup_id: String,
    source_index_name: String,
    source_index_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_index_deleted_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    status: &'static str,
    cloud: String,
    region: String,
    /// Before 2026-07.
    #[serde(skip_serializing_if = "Option::is_none")]
    dimension: Option<u32>,
    /// Before 2026-07.
    #[serde(skip_serializing_if = "Option::is_none")]
    metric: Option<&'static str>,
    /// Since 2026-07.
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<IndexSchema>,
    record_count: u64,
    namespace_count: u64,
    size_bytes: u64,
    tags: BTreeMap<String, String>,
    created_at: String,
}

impl BackupModel {
    pub(crate) fn of(backup: Backup, version: ApiVersion) -> Self {
        let (cloud, region) = backup.deployment.cloud_and_region();
        let is_old = !version.has_schemas();
        Self {
            cloud: cloud.to_owned(),
            region: region.to_owned(),
            backup_id: backup.id.to_string(),
            source_index_id: backup.index_id.to_string(),
            source_index_name: backup.index_name,
            source_index_deleted_at: backup.index_deleted_at_ms.map(written).filter(|_| !is_old),
            name: backup.name,
            description: backup.description,
            status: status(backup.state),
            dimension: backup.vectors.dimension().filter(|_| is_old),
            metric: is_old.then(|| backup.vectors.metric().as_str()),
            schema: (!is_old).then(|| backup.vectors.into()),
            record_count: backup.records,
            namespace_count: backup.namespaces,
            size_bytes: backup.size_bytes,
            tags: backup.tags.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            created_at: written(backup.created_at_ms),
        }
    }
}

pub(in crate::control) fn status(state: BackupState) -> &'static str {
    match state {
        BackupState::Making => "Initializing",
        BackupState::Ready => "Ready",
        BackupState::Failed => "InitializationFailed",
        BackupState::Deleting => "Terminating",
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct RestoreJobModel {
    restore_job_id: String,
    backup_id: String,
    target_index_name: String,
    target_index_id: String,
    status: &'static str,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed_at: Option<String>,
    percent_complete: f32,
}

impl From<RestoreJob> for RestoreJobModel {
    fn from(job: RestoreJob) -> Self {
        let (status, percent_complete) = match job.state {
            RestoreState::Pending => ("Pending", 0.0),
            RestoreState::Completed => ("Completed", 100.0),
            RestoreState::Failed => ("Failed", 0.0),
        };
        Self {
            restore_job_id: job.id.to_string(),
            backup_id: job.backup_id.to_string(),
            target_index_name: job.index_name,
            target_index_id: job.index_id.to_string(),
            status,
            created_at: written(job.created_at_ms),
            completed_at: job.completed_at_ms.map(written),
            percent_complete,
        }
    }
}
