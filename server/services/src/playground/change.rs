//! Keeping queries.

use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal},
    db::{Changed, Tx, new_id},
    indexes::json,
};
use conifer_domain::{
    Problem,
    ids::{IndexId, SavedQueryId},
    limits::SAVED_QUERIES_MAX,
    permissions::may,
    playground::NewQuery,
};
use serde_json::json as details;

pub async fn save(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    new: NewQuery,
) -> Result<SavedQueryId> {
    let id: SavedQueryId = new_id();
    let insert = services.change(origin, who, index_id, (id, new), |tx, granted, (id, new)| {
        Box::pin(insert(tx, granted, *id, new))
    });
    insert.await?;
    Ok(id)
}

async fn insert(
    tx: &mut Tx,
    granted: &Granted<may::SaveQueries>,
    id: SavedQueryId,
    new: &NewQuery,
) -> Result<Done<()>> {
    check_room(tx, granted.of()).await?;
    sqlx::query(
        "INSERT INTO saved_queries (id, index_id, name, name_key, search, expected, saved_by, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.to_string())
    .bind(granted.of().to_string())
    .bind(new.name.to_string())
    .bind(new.name.key())
    .bind(json(&new.search)?)
    .bind(json(&new.expected)?)
    .bind(granted.person()?.to_string())
    .bind(granted.at_ms())
    .execute(tx)
    .await?;
    Ok(Done::noted((), Action::QuerySaved, noted(granted, id, new.name.as_str())))
}

async fn check_room(tx: &mut Tx, index_id: IndexId) -> Result<()> {
    let saved: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM saved_queries WHERE index_id = $1")
        .bind(index_id.to_string())
        .fetch_one(tx)
        .await?;
    match saved < SAVED_QUERIES_MAX {
        true => Ok(()),
        false => Err(Problem::QueriesFull { queries_max: SAVED_QUERIES_MAX }.into()),
    }
}

/// Another name, another question, other expectations.
pub async fn change(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    id: SavedQueryId,
    new: NewQuery,
) -> Result<()> {
    let update = services.change(origin, who, index_id, (id, new), |tx, granted, (id, new)| {
        Box::pin(update(tx, granted, *id, new))
    });
    update.await
}

async fn update(
    tx: &mut Tx,
    granted: &Granted<may::SaveQueries>,
    id: SavedQueryId,
    new: &NewQuery,
) -> Result<Done<()>> {
    let updated = sqlx::query(
        "UPDATE saved_queries SET name = $3, name_key = $4, search = $5, expected = $6 WHERE id = $1 AND index_id = $2",
    )
    .bind(id.to_string())
    .bind(granted.of().to_string())
    .bind(new.name.to_string())
    .bind(new.name.key())
    .bind(json(&new.search)?)
    .bind(json(&new.expected)?)
    .execute(tx)
    .await?;
    match updated.changed() {
        true => Ok(Done::noted((), Action::QueryChanged, noted(granted, id, new.name.as_str()))),
        false => Err(Problem::NotFound.into()),
    }
}

pub async fn delete(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    index_id: IndexId,
    id: SavedQueryId,
) -> Result<()> {
    services.change(origin, who, index_id, id, |tx, granted, id| Box::pin(remove(tx, granted, *id))).await
}

async fn remove(tx: &mut Tx, granted: &Granted<may::SaveQueries>, id: SavedQueryId) -> Result<Done<()>> {
    let name: Option<String> =
        sqlx::query_scalar("DELETE FROM saved_queries WHERE id = $1 AND index_id = $2 RETURNING name")
            .bind(id.to_string())
            .bind(granted.of().to_string())
            .fetch_optional(tx)
            .await?;
    let name = name.ok_or(Problem::NotFound)?;
    Ok(Done::noted((), Action::QueryDeleted, noted(granted, id, &name)))
}

fn noted(granted: &Granted<may::SaveQueries>, id: SavedQueryId, name: &str) -> crate::audit::Subject {
    let details = details!({ "name": name, "index_id": granted.of() });
    granted.subject().to(id).with(details)
}
