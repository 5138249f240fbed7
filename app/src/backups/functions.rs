//! What the page of backups asks the server for and tells it to do.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::{indexes::IndexAddress, server};
use conifer_domain::backups::{Backup, BackupSchedule};
#[cfg(feature = "ssr")]
use conifer_domain::{
    Field, Problem, Rule,
    backups::{BackupQuery, NewBackup, NewSchedule},
    ids::{IndexId, ProjectId},
    indexes::IndexName,
    limits::PAGE_LENGTH_MAX,
    notices::Notice,
    paging::Paging,
    permissions::may,
};
#[cfg(feature = "ssr")]
use conifer_services::{
    Error,
    backups::{self, Restored},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is kept of an index, and what will be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub backups: Vec<Backup>,
    pub schedules: Vec<BackupSchedule>,
}

#[server(prefix = "/fn", endpoint = "backups/list")]
pub async fn list_backups(project_id: String, index_id: String) -> Result<Kept, Failure> {
    let services = server::services()?;
    let granted = server::granted::<may::ViewBackups>(&services, &project_id).await?;
    let index_id: IndexId = server::id(&index_id)?;
    let paging = Paging { after: None, limit: Some(PAGE_LENGTH_MAX) };
    let query = BackupQuery { index_id: Some(index_id), paging: paging.clone() };
    let backups = backups::list(&services, &granted, &query).await?.items;
    let schedules = backups::schedules(&services, &granted, Some(index_id), &paging).await?.items;
    Ok(Kept { backups, schedules })
}

#[server(prefix = "/fn", endpoint = "backups/create")]
pub async fn create_backup(
    project_id: String,
    index_id: String,
    #[server(default)] name: String,
    #[server(default)] description: String,
) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, place) = (server::services()?, place(&project_id, &index_id)?);
    let new = NewBackup::parse(given(&name), given(&description))?;
    backups::create(&services, &origin, &current, place.index, new).await?;
    server::done(&place.page("backups"), Notice::BackupCreated);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "backups/restore")]
pub async fn restore_backup(project_id: String, backup_id: String, name: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let services = server::services()?;
    let (project, backup) = (server::id::<ProjectId>(&project_id)?, server::id(&backup_id)?);
    let name = IndexName::parse(name.trim())?;
    let wanted = Restored { name, tags: None, deletion_protection: false, read_capacity: None };
    server::granted::<may::CreateIndexes>(&services, &project_id).await?;
    let made = backups::restore(&services, &origin, &current, project, backup, wanted).await;
    // Whoever may, is told which input is wrong.
    let (_, index) = made.map_err(|error| match error.problem() {
        Problem::NotFound => Failure(Problem::invalid(Field::BackupName, Rule::Unknown)),
        _ => error.into(),
    })?;
    server::done(&IndexAddress { project, index: index.id }.to_string(), Notice::BackupRestored);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "backups/delete")]
pub async fn delete_backup(project_id: String, index_id: String, backup_id: String) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, place) = (server::services()?, place(&project_id, &index_id)?);
    server::granted::<may::DeleteBackups>(&services, &project_id).await?;
    gone(backups::delete(&services, &origin, &current, place.project, server::id(&backup_id)?).await)?;
    server::done(&place.page("backups"), Notice::BackupDeleted);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "backups/schedule")]
pub async fn schedule_backups(
    project_id: String,
    index_id: String,
    name: String,
    frequency: String,
    days: String,
) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, place) = (server::services()?, place(&project_id, &index_id)?);
    let days = days.trim().parse().map_err(|_| Problem::invalid(Field::RetentionDays, Rule::NotANumber))?;
    let new = NewSchedule::parse(name.trim(), &frequency, days)?;
    let made = backups::create_schedule(&services, &origin, &current, place.index, new).await;
    made.map_err(|error| match error {
        Error::Exists { .. } => Failure(Problem::invalid(Field::ScheduleName, Rule::Taken)),
        error => error.into(),
    })?;
    server::done(&place.page("backups"), Notice::ScheduleSaved);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "backups/unschedule")]
pub async fn unschedule_backups(
    project_id: String,
    index_id: String,
    schedule_id: String,
) -> Result<(), Failure> {
    let (current, origin) = server::signed_in()?;
    let (services, place) = (server::services()?, place(&project_id, &index_id)?);
    server::granted::<may::DeleteBackups>(&services, &project_id).await?;
    let id = server::id(&schedule_id)?;
    gone(backups::delete_schedule(&services, &origin, &current, place.project, id).await)?;
    server::done(&place.page("backups"), Notice::ScheduleDeleted);
    Ok(())
}

#[cfg(feature = "ssr")]
fn place(project_id: &str, index_id: &str) -> Result<IndexAddress, Failure> {
    Ok(IndexAddress { project: server::id(project_id)?, index: server::id(index_id)? })
}

/// What somebody else deleted meanwhile is gone as well.
#[cfg(feature = "ssr")]
fn gone(deleted: Result<(), Error>) -> Result<(), Error> {
    deleted.or_else(|error| if error.problem() == Problem::NotFound { Ok(()) } else { Err(error) })
}

#[cfg(feature = "ssr")]
fn given(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}
