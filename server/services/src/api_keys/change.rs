//! Changing, renewing and ending keys.

use super::{
    calls,
    check::{check_overlap, check_rights, parse_name},
    row::{Row, find, next_revision},
    secret::{Core, Secret},
};
use crate::{
    Error, Origin, Result, Services,
    audit::{Action, Subject},
    authorize::{Done, Granted, Principal, Right},
    db::Tx,
};
use conifer_domain::{
    Field, Name, Problem, Rule,
    api_keys::{KeyRights, KeyRole},
    ids::{ApiKeyId, ProjectId},
    names::is_as_shown,
    permissions::may,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Which key, and what becomes of it.
struct To<T>(ApiKeyId, T);

pub async fn rename(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: ApiKeyId,
    name: &str,
) -> Result<()> {
    let to = To(id, parse_name(name)?);
    let done = services.change::<may::UpdateApiKeys, _, _>(origin, who, project_id, to, |tx, granted, to| {
        Box::pin(set_name(tx, granted, to))
    });
    done.await?;
    services.keys().changed(services.db()).await;
    Ok(())
}

/// What the key may, where and until when, all at once. With `keeps_end` it ends when it did.
pub async fn set_rights(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: ApiKeyId,
    mut rights: KeyRights,
    keeps_end: bool,
) -> Result<()> {
    rights.expires_at_ms = rights.expires_at_ms.filter(|_| !keeps_end);
    check_rights(&rights, services.clock().now_ms())?;
    let to = To(id, (rights, keeps_end));
    let done = services.change::<may::UpdateApiKeys, _, _>(origin, who, project_id, to, |tx, granted, to| {
        Box::pin(write_rights(tx, granted, to))
    });
    done.await?;
    services.keys().changed(services.db()).await;
    Ok(())
}

/// What becomes of the roles of a key.
#[derive(Clone, Debug)]
pub enum RoleChange {
    Replace(BTreeSet<KeyRole>),
    Add(KeyRole),
    Remove(KeyRole),
}

/// All else that it may stays. `LastRole` when none would be left, `NotFound` for one to remove that it has not.
pub async fn change_roles(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: ApiKeyId,
    change: RoleChange,
) -> Result<()> {
    let to = To(id, change);
    let done = services.change::<may::UpdateApiKeys, _, _>(origin, who, project_id, to, |tx, granted, to| {
        Box::pin(write_roles(tx, granted, to))
    });
    done.await?;
    services.keys().changed(services.db()).await;
    Ok(())
}

async fn write_roles(
    tx: &mut Tx,
    granted: &Granted<may::UpdateApiKeys>,
    To(id, change): &To<RoleChange>,
) -> Result<Done<()>> {
    let row = find(tx, granted.of(), *id).await?;
    let mut rights = row.rights()?;
    match change {
        RoleChange::Replace(roles) => rights.roles.clone_from(roles),
        RoleChange::Add(role) => {
            rights.roles.insert(*role);
        }
        RoleChange::Remove(role) if !rights.roles.remove(role) => return Err(Problem::NotFound.into()),
        RoleChange::Remove(_) => {}
    }
    if rights.roles.is_empty() {
        return Err(Problem::LastRole.into());
    }
    put_rights(tx, granted, &row, &rights).await
}

/// A new secret, told this once. The one before counts for `overlap_ms` more; any older one no longer.
pub async fn rotate(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: ApiKeyId,
    overlap_ms: i64,
) -> Result<SecretString> {
    check_overlap(overlap_ms)?;
    let to = To(id, (Core::new()?, overlap_ms));
    let done = services.change::<may::UpdateApiKeys, _, _>(origin, who, project_id, to, |tx, granted, to| {
        Box::pin(replace_secret(tx, granted, to))
    });
    let secret = done.await?;
    services.keys().changed(services.db()).await;
    Ok(secret)
}

/// Only by its name, so that nobody deletes the wrong one. It ends at once.
pub async fn delete(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: ApiKeyId,
    typed_name: &str,
) -> Result<()> {
    let to = To(id, typed_name.to_owned());
    let done = services.change::<may::DeleteApiKeys, _, _>(origin, who, project_id, to, |tx, granted, to| {
        Box::pin(end(tx, granted, to))
    });
    done.await?;
    services.keys().changed(services.db()).await;
    Ok(())
}

async fn set_name(
    tx: &mut Tx,
    granted: &Granted<may::UpdateApiKeys>,
    To(id, name): &To<Name>,
) -> Result<Done<()>> {
    let before = find(tx, granted.of(), *id).await?;
    if before.name == name.as_str() {
        return Ok(Done::unchanged(()));
    }
    sqlx::query("UPDATE api_keys SET name = $2, name_key = $3, revision = $4 WHERE id = $1")
        .bind(id.to_string())
        .bind(name.as_str())
        .bind(name.key())
        .bind(next_revision(tx).await?)
        .execute(tx)
        .await?;
    let details = json!({ "before": before.name, "after": name.as_str() });
    Ok(Done::noted((), Action::ApiKeyRenamed, subject(granted, &before).with(details)))
}

async fn write_rights(
    tx: &mut Tx,
    granted: &Granted<may::UpdateApiKeys>,
    To(id, (rights, keeps_end)): &To<(KeyRights, bool)>,
) -> Result<Done<()>> {
    let row = find(tx, granted.of(), *id).await?;
    let mut rights = rights.clone();
    if *keeps_end {
        rights.expires_at_ms = row.rights()?.expires_at_ms;
    }
    put_rights(tx, granted, &row, &rights).await
}

/// Leaves the key the fewest roles that allow what it did in the last `days`.
pub async fn shrink(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    id: ApiKeyId,
    days: i64,
) -> Result<()> {
    calls::note(services).await?;
    let to = To(id, days);
    let done = services.change::<may::UpdateApiKeys, _, _>(origin, who, project_id, to, |tx, granted, to| {
        Box::pin(leave_used(tx, granted, to))
    });
    done.await?;
    services.keys().changed(services.db()).await;
    Ok(())
}

async fn leave_used(
    tx: &mut Tx,
    granted: &Granted<may::UpdateApiKeys>,
    To(id, days): &To<i64>,
) -> Result<Done<()>> {
    let row = find(tx, granted.of(), *id).await?;
    let calls = calls::of_key(&mut *tx, granted.of(), *id, granted.at_ms(), *days).await?;
    let rights = row.rights()?.shrunk_to(&calls);
    put_rights(tx, granted, &row, &rights).await
}

async fn put_rights(
    tx: &mut Tx,
    granted: &Granted<may::UpdateApiKeys>,
    row: &Row,
    rights: &KeyRights,
) -> Result<Done<()>> {
    let before = row.rights()?;
    if before == *rights {
        return Ok(Done::unchanged(()));
    }
    sqlx::query(
        "UPDATE api_keys SET roles = $2, scope = $3, requests_per_s = $4, bytes_per_s = $5, expires_at = $6, revision = $7
         WHERE id = $1",
    )
    .bind(&row.id)
    .bind(serde_json::to_string(&rights.roles).map_err(Error::internal)?)
    .bind(serde_json::to_string(&rights.scope).map_err(Error::internal)?)
    .bind(rights.limits.requests_per_s.map(i64::from))
    .bind(rights.limits.bytes_per_s.and_then(|rate| i64::try_from(rate).ok()))
    .bind(rights.expires_at_ms)
    .bind(next_revision(tx).await?)
    .execute(tx)
    .await?;
    let details = json!({ "name": row.name, "before": before, "after": rights });
    Ok(Done::noted((), Action::ApiKeyRightsChanged, subject(granted, row).with(details)))
}

async fn replace_secret(
    tx: &mut Tx,
    granted: &Granted<may::UpdateApiKeys>,
    To(id, (core, overlap_ms)): &To<(Core, i64)>,
) -> Result<Done<SecretString>> {
    let row = find(tx, granted.of(), *id).await?;
    let secret = Secret::of(row.prefix.clone(), core);
    sqlx::query(
        "UPDATE api_keys SET old_secret_hash = secret_hash, old_secret_until = $3, secret_hash = $2, revision = $4
         WHERE id = $1",
    )
    .bind(id.to_string())
    .bind(secret.hash())
    .bind(granted.at_ms() + overlap_ms)
    .bind(next_revision(tx).await?)
    .execute(tx)
    .await?;
    let details = json!({ "name": row.name, "old_until_ms": granted.at_ms() + overlap_ms });
    Ok(Done::noted(secret.into_text(), Action::ApiKeyRotated, subject(granted, &row).with(details)))
}

async fn end(
    tx: &mut Tx,
    granted: &Granted<may::DeleteApiKeys>,
    To(id, typed): &To<String>,
) -> Result<Done<()>> {
    let row = find(tx, granted.of(), *id).await?;
    if !is_as_shown(typed, &row.name) {
        return Err(Problem::invalid(Field::TypedName, Rule::Mismatch).into());
    }
    sqlx::query("UPDATE api_keys SET revoked_at = $2, revision = $3 WHERE id = $1")
        .bind(id.to_string())
        .bind(granted.at_ms())
        .bind(next_revision(tx).await?)
        .execute(tx)
        .await?;
    Ok(Done::noted((), Action::ApiKeyDeleted, subject(granted, &row).with(json!({ "name": row.name }))))
}

/// A project takes its keys along: what is left of them tells every server so.
pub(crate) async fn end_all_of(tx: &mut Tx, project_id: ProjectId, now_ms: i64) -> Result<()> {
    sqlx::query(
        "UPDATE api_keys SET project_id = NULL, revoked_at = COALESCE(revoked_at, $2), revision = $3 WHERE project_id = $1",
    )
    .bind(project_id.to_string())
    .bind(now_ms)
    .bind(next_revision(tx).await?)
    .execute(tx)
    .await?;
    Ok(())
}

fn subject<P: Right>(granted: &Granted<P>, key: &Row) -> Subject {
    granted.subject().to(&key.id).with(Value::Null)
}
