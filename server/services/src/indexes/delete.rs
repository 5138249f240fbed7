//! Deleting an index, with all that is in it. Its backups stay.

use super::{rows, upkeep};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal},
    db::Tx,
};
use conifer_domain::{Field, Problem, Rule, ids::IndexId, permissions::may};
use serde_json::json;

/// It is gone when this returns. `DeletionProtected` while it is, `BackupPending` while a backup of it is made.
pub async fn delete(services: &Services, origin: &Origin, who: &impl Principal, id: IndexId) -> Result<()> {
    remove(services, origin, who, id, None).await
}

/// The same, for a person who types its name, so that nobody deletes the wrong one.
pub async fn delete_typed(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: IndexId,
    typed_name: &str,
) -> Result<()> {
    remove(services, origin, who, id, Some(typed_name.trim().to_owned())).await
}

async fn remove(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: IndexId,
    typed_name: Option<String>,
) -> Result<()> {
    let entry = services.directory().get(id);
    if let Some(entry) = &entry
        && let Err(error) = entry.at_hand()
        && error.problem() == Problem::Elsewhere
    {
        // Only its own node can drop the vectors; who may not know of it is told nothing.
        crate::authorize::authorize::<may::DeleteIndexes>(services, origin, who, id).await?;
        return Err(error);
    }
    services
        .change(origin, who, id, typed_name, |tx, granted, typed| {
            Box::pin(mark(tx, granted, typed.as_deref()))
        })
        .await?;
    let services = services.clone();
    services.clone().to_its_end(async move { upkeep::drop_index(&services, id).await }).await
}

/// From here on nobody finds it.
async fn mark(
    tx: &mut Tx,
    granted: &Granted<may::DeleteIndexes>,
    typed_name: Option<&str>,
) -> Result<Done<()>> {
    let id = granted.of();
    let row: Option<(String, i64)> =
        sqlx::query_as("SELECT name, deletion_protection FROM indexes WHERE id = $1 AND state = 'ready'")
            .bind(id.to_string())
            .fetch_optional(&mut *tx)
            .await?;
    let (name, protected) = row.ok_or(Problem::NotFound)?;
    if typed_name.is_some_and(|typed| typed != name) {
        return Err(Problem::invalid(Field::TypedName, Rule::Mismatch).into());
    }
    if protected != 0 {
        return Err(Problem::DeletionProtected.into());
    }
    check_none_pending(tx, id).await?;
    rows::set_state(tx, id, "ready", "deleting").await?;
    sqlx::query("UPDATE backups SET index_deleted_at = $2 WHERE index_id = $1")
        .bind(id.to_string())
        .bind(granted.at_ms())
        .execute(tx)
        .await?;
    Ok(Done::noted((), Action::IndexDeleted, granted.subject().with(json!({ "name": name }))))
}

async fn check_none_pending(tx: &mut Tx, id: IndexId) -> Result<()> {
    let pending: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM backups WHERE index_id = $1 AND state = 'making'")
            .bind(id.to_string())
            .fetch_one(tx)
            .await?;
    if pending > 0 { Err(Problem::BackupPending.into()) } else { Ok(()) }
}
