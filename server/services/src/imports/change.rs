//! Starting and cancelling imports.

use super::{files, jobs, jobs::New};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal, authorize},
    db::{Tx, new_id},
    records::entry,
};
use conifer_domain::{
    Problem,
    ids::{ImportId, IndexId},
    imports::OnError,
    permissions::may,
};
use serde_json::json;

/// It begins when those before it are over. What there is to read is known now: files that come later are not read.
pub async fn start(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    uri: &str,
    on_error: OnError,
) -> Result<ImportId> {
    let granted = authorize::<may::ImportVectors>(services, origin, who, index_id).await?;
    granted.of_the_whole()?;
    entry(services, &granted)?.at_hand()?;
    let place = services.imports().place(uri)?;
    let files = files::list(&place).await?;
    let node = services.vectors().node();
    let new = New { id: new_id(), node, uri: uri.to_owned(), on_error, files, reading: None, ids: None };
    let id = new.id;
    let insert =
        services.change(origin, who, index_id, new, |tx, granted, new| Box::pin(insert(tx, granted, new)));
    insert.await?;
    services.imports().asked.notify_one();
    Ok(id)
}

async fn insert(tx: &mut Tx, granted: &Granted<may::ImportVectors>, new: &New) -> Result<Done<()>> {
    jobs::insert(tx, new, granted.of(), granted.at_ms()).await?;
    let details = json!({ "uri": new.uri, "files": new.files.len() });
    Ok(Done::noted((), Action::ImportStarted, granted.subject().to(new.id).with(details)))
}

/// What was written stays. One that is over stays as it is.
pub async fn cancel(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    id: ImportId,
) -> Result<()> {
    let cancel =
        services.change(origin, who, index_id, id, |tx, granted, id| Box::pin(mark(tx, granted, *id)));
    cancel.await
}

async fn mark(tx: &mut Tx, granted: &Granted<may::ImportVectors>, id: ImportId) -> Result<Done<()>> {
    granted.of_the_whole()?;
    if jobs::cancel(tx, id, granted.of(), granted.at_ms()).await? {
        return Ok(Done::noted((), Action::ImportCancelled, granted.subject().to(id)));
    }
    known(tx, granted, id).await
}

/// There is such an import, and it is over.
async fn known(tx: &mut Tx, granted: &Granted<may::ImportVectors>, id: ImportId) -> Result<Done<()>> {
    let known: Option<i64> = sqlx::query_scalar("SELECT 1 FROM imports WHERE id = $1 AND index_id = $2")
        .bind(id.to_string())
        .bind(granted.of().to_string())
        .fetch_optional(tx)
        .await?;
    known.map(|_| Done::unchanged(())).ok_or_else(|| Problem::NotFound.into())
}

/// Nothing more is read until it is resumed; others are not held up by it.
pub async fn pause(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    id: ImportId,
) -> Result<()> {
    let since = Some(services.clock().now_ms());
    set_pause(services, origin, who, index_id, (id, since)).await
}

pub async fn resume(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    id: ImportId,
) -> Result<()> {
    set_pause(services, origin, who, index_id, (id, None)).await?;
    services.imports().asked.notify_one();
    Ok(())
}

async fn set_pause(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    asked: (ImportId, Option<i64>),
) -> Result<()> {
    let set =
        services.change::<may::ImportVectors, _, _>(origin, who, index_id, asked, |tx, granted, asked| {
            Box::pin(async move {
                granted.of_the_whole()?;
                let (id, since) = *asked;
                if !jobs::pause(tx, id, granted.of(), since).await? {
                    return known(tx, granted, id).await;
                }
                let action = if since.is_some() { Action::ImportPaused } else { Action::ImportResumed };
                Ok(Done::noted((), action, granted.subject().to(id)))
            })
        });
    set.await
}
