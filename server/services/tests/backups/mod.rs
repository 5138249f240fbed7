//! Backups: kept beside their index, longer than it, and made into indexes again.

mod keeping;
mod restoring;
mod schedules;
mod scopes;

use crate::{
    api_keys::{editor, enter, key},
    house::{CHEAP, House, on_both, origin, problem, vectors},
    indexes::new,
    people::Town,
    records::{default, record},
};
use conifer_domain::{
    Field, Problem, Rule,
    api_keys::{KeyPart, KeyRights, KeyScope},
    backups::{
        Backup, BackupQuery, BackupSchedule, BackupState, Frequency, NewBackup, NewSchedule, RestoreJob,
        RestoreState, Retention, ScheduleChange,
    },
    ids::ProjectId,
    ids::{BackupId, IndexId},
    indexes::{Deployment, IndexName, NewIndex, PodType, Tags},
    limits::{BACKUPS_MAX, DAY_MS, HOUR_MS},
    paging::Paging,
    permissions::{Permission, may},
};
use conifer_services::{
    Entry, Error, Result, Services,
    authorize::{Granted, Principal, Right, authorize},
    backups::{self, Restored},
    indexes, namespaces, projects, records,
};
use std::sync::Arc;
use tokio::task::JoinSet;

pub fn named(name: &str) -> NewBackup {
    NewBackup::parse(Some(name), Some("before the change")).expect("a backup")
}

pub fn restored(name: &str) -> Restored {
    let name = IndexName::parse(name).expect("a name");
    Restored { name, tags: None, deletion_protection: false, read_capacity: None }
}

pub fn nightly(days: i64) -> NewSchedule {
    NewSchedule::parse("nightly", "daily", days).expect("a schedule")
}

impl Town<'_> {
    pub async fn back_up(&self, index: IndexId, name: &str) -> Result<Backup> {
        backups::create(&self.house.services, &origin(), &self.ada, index, named(name)).await
    }

    pub async fn restore(&self, id: BackupId, name: &str) -> Result<(RestoreJob, Arc<Entry>)> {
        backups::restore(&self.house.services, &origin(), &self.ada, self.project_id, id, restored(name))
            .await
    }

    pub async fn in_project<P: Right + Permission<Of = ProjectId>>(
        &self,
        who: &impl Principal,
    ) -> Granted<P> {
        authorize(&self.house.services, &origin(), who, self.project_id).await.expect("a right")
    }

    pub async fn backups(&self, who: &impl Principal) -> Vec<Option<String>> {
        let granted = self.in_project(who).await;
        let (mut names, mut query) = (Vec::new(), BackupQuery::default());
        query.paging.limit = Some(2);
        loop {
            let page = backups::list(&self.house.services, &granted, &query).await.expect("a page");
            names.extend(page.items.into_iter().map(|backup| backup.name));
            query.paging.after = page.next;
            if query.paging.after.is_none() {
                return names;
            }
        }
    }

    pub async fn schedule(&self, index: IndexId, new: NewSchedule) -> Result<BackupSchedule> {
        backups::create_schedule(&self.house.services, &origin(), &self.ada, index, new).await
    }

    pub async fn count(&self, index: IndexId) -> u64 {
        let granted = self.granted(index).await;
        records::stats(&self.house.services, &granted, None).await.expect("stats").value.records
    }

    /// The backups that a schedule made, newest first.
    pub async fn made_by(&self, schedule: &BackupSchedule) -> Vec<String> {
        let granted = self.in_project(&self.ada).await;
        let page = backups::history(&self.house.services, &granted, schedule.id, &Paging::default()).await;
        page.expect("a page").items.into_iter().filter_map(|backup| backup.name).collect()
    }
}

pub async fn run_due(services: &Services) {
    backups::run_due(services).await.expect("done");
}
