//! What makes rows and engine agree: at start, after a failure, and when another server deleted a project.

use super::rows;
use crate::{
    Result, Services, backups,
    db::{Tx, parse},
    directory::{POLL_EVERY, name_in_engine},
    imports::uploads,
};
use conifer_domain::{
    Problem,
    ids::{IndexId, ProjectId},
};
use std::{collections::HashSet, time::Duration};

const REAP_EVERY: Duration = Duration::from_secs(60);

/// Before anything is served: what was half made or half deleted is gone, and what there is is known.
pub(crate) async fn settle_at_start(services: &Services) -> Result<()> {
    drop_all(services, of_node(services, &["making", "deleting"]).await?).await;
    services.directory().reload(services).await?;
    warn_of_strangers(services).await?;
    backups::settle_at_start(services).await
}

/// Drops what was to be dropped and could not be, and what a deleted project left; makes backups that are due.
async fn reap(services: &Services) -> Result<()> {
    drop_all(services, of_node(services, &["deleting"]).await?).await;
    backups::run_due(services).await
}

async fn drop_all(services: &Services, ids: Vec<IndexId>) {
    for id in ids {
        if let Err(error) = drop_index(services, id).await {
            tracing::error!(index = %id, %error, "an index could not be dropped; it is tried again");
        }
    }
}

/// A project that has an index which is protected is not deleted.
pub(crate) async fn check_unprotected(tx: &mut Tx, project_id: ProjectId) -> Result<()> {
    let protected: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM indexes WHERE project_id = $1 AND deletion_protection <> 0")
            .bind(project_id.to_string())
            .fetch_one(tx)
            .await?;
    if protected > 0 { Err(Problem::DeletionProtected.into()) } else { Ok(()) }
}

/// Once a project is gone: nobody finds its indexes any more, and those of this node are dropped.
pub(crate) async fn forget_project(services: &Services) -> Result<()> {
    services.directory().reload(services).await?;
    if services.vectors().is_open() {
        let services = services.clone();
        services.clone().to_its_end(async move { reap(&services).await }).await?;
    }
    Ok(())
}

/// Drops the vectors, then the row that tells of them, and what was uploaded to be read into them.
pub(crate) async fn drop_index(services: &Services, id: IndexId) -> Result<()> {
    services.directory().reload(services).await?;
    let name = name_in_engine(id)?;
    services
        .vectors()
        .write("delete_index", move |engine| match engine.drop_index(&name) {
            Err(conifer_engine::Error::NotFound { .. }) => Ok(()),
            outcome => outcome,
        })
        .await?;
    services.db().write(id, |tx, id| Box::pin(rows::remove(tx, *id))).await?;
    if let Err(error) = uploads::remove_strays(services).await {
        tracing::warn!(index = %id, %error, "files that were uploaded cannot be removed; it is tried again");
    }
    services.directory().reload(services).await
}

/// Takes back what could not be made.
pub(super) async fn undo(services: &Services, id: IndexId) {
    if let Err(error) = drop_index(services, id).await {
        tracing::error!(index = %id, %error, "a half made index could not be dropped; the next start tries again");
    }
}

/// This node's indexes in one of these states, and those whose project is gone.
async fn of_node(services: &Services, states: &[&str]) -> Result<Vec<IndexId>> {
    let rows: Vec<(String, String, Option<String>)> =
        sqlx::query_as("SELECT id, state, project_id FROM indexes WHERE node_id = $1 AND (state <> 'ready' OR project_id IS NULL)")
            .bind(services.vectors().node().to_string())
            .fetch_all(services.db().pool())
            .await?;
    let wanted = |(_, state, project): &&(String, String, Option<String>)| {
        project.is_none() || states.contains(&state.as_str())
    };
    rows.iter().filter(wanted).map(|(id, ..)| parse(id)).collect()
}

/// Vectors without a row are left alone: the database may be another one than it should be.
async fn warn_of_strangers(services: &Services) -> Result<()> {
    let held = services.vectors().read("measure", |engine| engine.indexes()).await?;
    let held: HashSet<String> = held.into_iter().map(|(name, _)| name.to_string()).collect();
    let rows: Vec<String> = sqlx::query_scalar("SELECT id FROM indexes WHERE node_id = $1")
        .bind(services.vectors().node().to_string())
        .fetch_all(services.db().pool())
        .await?;
    let known: HashSet<String> = rows.into_iter().collect();
    for id in held.difference(&known) {
        tracing::warn!(index = %id, "vectors of an index that the database does not know are kept");
    }
    for id in known.difference(&held) {
        tracing::error!(index = %id, "the vectors of an index are missing; restore the data directory from a copy");
    }
    Ok(())
}

/// Follows what other servers change, and drops what waits for it, until `stop`: each by itself, for a backup takes as
/// long as it takes, and what others deleted meanwhile must not be found here. What was begun is done to its end.
pub async fn run_worker(services: Services, stop: impl Future<Output = ()>) {
    tokio::select! {
        () = stop => {}
        () = follow(&services) => {}
        () = tend(&services) => {}
    }
}

async fn follow(services: &Services) {
    let mut ticks = ticks(POLL_EVERY);
    loop {
        ticks.tick().await;
        if let Err(error) = services.directory().poll(services).await {
            tracing::warn!(%error, "the indexes of other servers cannot be followed; it is tried again");
        }
    }
}

async fn tend(services: &Services) {
    let mut ticks = ticks(REAP_EVERY);
    loop {
        ticks.tick().await;
        let reaping = services.clone();
        if let Err(error) = services.to_its_end(async move { reap(&reaping).await }).await {
            tracing::warn!(%error, "backups that are due and what is to be dropped cannot be found; it is tried again");
        }
    }
}

fn ticks(every: Duration) -> tokio::time::Interval {
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    ticks
}
