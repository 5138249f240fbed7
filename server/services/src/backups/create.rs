//! Backing up: a row, a snapshot, and the row again, with what it holds.

use super::row::{self, New, Of};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Subject, Trail},
    authorize::{Done, Granted, Principal},
    db::{Tx, new_id},
    directory::{json, name_in_engine},
};
use conifer_domain::{
    Problem,
    backups::{Backup, BackupKind, NewBackup},
    ids::{BackupId, IndexId, ProjectId},
    indexes::IndexName,
    permissions::may,
};
use serde_json::json as details;

/// It is ready when this returns.
pub async fn create(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    new: NewBackup,
) -> Result<Backup> {
    let new = New {
        id: new_id(),
        kind: BackupKind::Backup,
        name: new.name,
        description: new.description,
        schedule_id: None,
        node: services.vectors().node(),
        expires_at_ms: None,
    };
    make(services, origin, who, index_id, new).await
}

/// The same by the older name. `Taken` when the project has a collection of that name: it has one room for all names, so
/// whoever may make collections can find out which names are in use, though not what has them.
pub async fn create_collection(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    name: &IndexName,
) -> Result<Backup> {
    let new = New {
        id: new_id(),
        kind: BackupKind::Collection,
        name: Some(name.to_string()),
        description: None,
        schedule_id: None,
        node: services.vectors().node(),
        expires_at_ms: None,
    };
    make(services, origin, who, index_id, new).await
}

async fn make(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    new: New,
) -> Result<Backup> {
    let id = new.id;
    let claim =
        services.change(origin, who, index_id, new, |tx, granted, new| Box::pin(claim(tx, granted, new)));
    let subject = claim.await?;
    let note = (Trail::of(services, origin, who.who().actor()), subject);
    let services = services.clone();
    services.clone().to_its_end(async move { fill(&services, id, index_id, note).await }).await
}

async fn claim(tx: &mut Tx, granted: &Granted<may::CreateBackups>, new: &New) -> Result<Done<Subject>> {
    let of = of(tx, granted.of(), new).await?;
    row::insert(tx, new, &of, granted.at_ms()).await?;
    let details = details!({ "name": new.name.as_ref().unwrap_or(&of.name), "index": of.name });
    Ok(Done::unchanged(granted.subject().to(new.id).with(details)))
}

/// The index as it is now, if it lies here.
pub(super) async fn of(tx: &mut Tx, id: IndexId, new: &New) -> Result<Of> {
    let row: Option<(String, String, String, String, String, String)> = sqlx::query_as(
        "SELECT project_id, name, vectors, deployment, tags, node_id FROM indexes
         WHERE id = $1 AND state = 'ready' AND project_id IS NOT NULL",
    )
    .bind(id.to_string())
    .fetch_optional(tx)
    .await?;
    let (project_id, name, vectors, deployment, tags, node) = row.ok_or(Problem::NotFound)?;
    if node != new.node.to_string() {
        return Err(Problem::Elsewhere.into());
    }
    let project_id: ProjectId = crate::db::parse(&project_id)?;
    Ok(Of {
        project_id,
        id,
        name,
        vectors: json(&vectors)?,
        deployment: json(&deployment)?,
        tags: json(&tags)?,
    })
}

/// What the engine holds now, under the row's id. A row whose snapshot could not be made says so.
pub(super) async fn fill(
    services: &Services,
    id: BackupId,
    index_id: IndexId,
    note: (Trail, Subject),
) -> Result<Backup> {
    let (index, snapshot) = (name_in_engine(index_id)?, row::snapshot(id)?);
    let made = services.vectors().write("backup", move |engine| {
        let stats = engine.stats(&index)?;
        engine.snapshot(&index, &snapshot).map(|()| stats)
    });
    let stats = match made.await {
        Ok(stats) => stats,
        Err(error) => {
            super::upkeep::fail(services, id).await;
            return Err(error);
        }
    };
    let sizes =
        [stats.records, stats.namespaces, stats.disk_bytes].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let done = services.db().write((id, sizes, note), |tx, (id, sizes, note)| {
        Box::pin(async move {
            set_ready(tx, *id, *sizes).await?;
            let (trail, subject) = note;
            audit::record(tx, trail, Action::BackupCreated, subject.clone()).await
        })
    });
    done.await?;
    row::by_id(services, id).await?.ok_or(Problem::NotFound)?.read()
}

async fn set_ready(tx: &mut Tx, id: BackupId, [records, namespaces, bytes]: [i64; 3]) -> Result<()> {
    sqlx::query(
        "UPDATE backups SET state = 'ready', records = $2, namespaces = $3, size_bytes = $4
         WHERE id = $1 AND state = 'making'",
    )
    .bind(id.to_string())
    .bind(records)
    .bind(namespaces)
    .bind(bytes)
    .execute(tx)
    .await?;
    Ok(())
}
