//! Changing, renewing and ending service accounts. What ends takes its tokens along, in the same transaction.

use super::{
    create::parse_name,
    row::{Row, find},
    secret::Secret,
    tokens,
};
use crate::{
    Origin, Result, Services,
    audit::{Action, Subject},
    authorize::{Done, Granted, Principal, Right},
    db::Tx,
    members::membership::keep_owners_of_projects,
};
use conifer_domain::{
    Field, Name, Problem, Rule,
    ids::{OrganizationId, ServiceAccountId},
    names::is_as_shown,
    permissions::may,
};
use secrecy::SecretString;
use serde_json::json;

/// Which account, and what becomes of it.
struct To<T>(ServiceAccountId, T);

type MayUpdate = Granted<may::UpdateServiceAccounts>;

pub async fn rename(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    of: OrganizationId,
    id: ServiceAccountId,
    name: &str,
) -> Result<()> {
    let to = To(id, parse_name(name)?);
    services.change(origin, who, of, to, |tx, granted, to| Box::pin(set_name(tx, granted, to))).await
}

/// A new secret, told this once. The one before and all tokens end at once.
pub async fn rotate(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    of: OrganizationId,
    id: ServiceAccountId,
) -> Result<SecretString> {
    let secret = Secret::new()?;
    let to = To(id, secret.hash());
    services.change(origin, who, of, to, |tx, granted, to| Box::pin(replace_secret(tx, granted, to))).await?;
    Ok(secret.into_text())
}

/// It counts for nothing until it is enabled again.
pub async fn disable(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    of: OrganizationId,
    id: ServiceAccountId,
) -> Result<()> {
    services.change(origin, who, of, id, |tx, granted, id| Box::pin(stop(tx, granted, *id))).await
}

pub async fn enable(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    of: OrganizationId,
    id: ServiceAccountId,
) -> Result<()> {
    services.change(origin, who, of, id, |tx, granted, id| Box::pin(go_on(tx, granted, *id))).await
}

/// Only by its name, so that nobody deletes the wrong one.
pub async fn delete(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    of: OrganizationId,
    id: ServiceAccountId,
    typed_name: &str,
) -> Result<()> {
    let to = To(id, typed_name.to_owned());
    services.change(origin, who, of, to, |tx, granted, to| Box::pin(end(tx, granted, to))).await
}

async fn set_name(tx: &mut Tx, granted: &MayUpdate, To(id, name): &To<Name>) -> Result<Done<()>> {
    let before = find(tx, granted.of(), *id).await?;
    if before.name == name.as_str() {
        return Ok(Done::unchanged(()));
    }
    sqlx::query("UPDATE service_accounts SET name = $2, name_key = $3, updated_at = $4 WHERE id = $1")
        .bind(id.to_string())
        .bind(name.as_str())
        .bind(name.key())
        .bind(granted.at_ms())
        .execute(tx)
        .await?;
    let details = json!({ "before": before.name, "after": name.as_str() });
    Ok(Done::noted((), Action::ServiceAccountRenamed, granted.subject().to(id).with(details)))
}

async fn replace_secret(tx: &mut Tx, granted: &MayUpdate, To(id, hash): &To<String>) -> Result<Done<()>> {
    let account = find(tx, granted.of(), *id).await?;
    sqlx::query("UPDATE service_accounts SET secret_hash = $2, updated_at = $3 WHERE id = $1")
        .bind(id.to_string())
        .bind(hash)
        .bind(granted.at_ms())
        .execute(&mut *tx)
        .await?;
    tokens::end_all_of(tx, *id).await?;
    Ok(Done::noted((), Action::ServiceAccountRotated, subject(granted, &account)))
}

async fn stop(tx: &mut Tx, granted: &MayUpdate, id: ServiceAccountId) -> Result<Done<()>> {
    let account = find(tx, granted.of(), id).await?;
    if account.disabled_at.is_some() {
        return Ok(Done::unchanged(()));
    }
    set_disabled(tx, granted, id, Some(granted.at_ms())).await?;
    tokens::end_all_of(tx, id).await?;
    Ok(Done::noted((), Action::ServiceAccountDisabled, subject(granted, &account)))
}

async fn go_on(tx: &mut Tx, granted: &MayUpdate, id: ServiceAccountId) -> Result<Done<()>> {
    let account = find(tx, granted.of(), id).await?;
    if account.disabled_at.is_none() {
        return Ok(Done::unchanged(()));
    }
    set_disabled(tx, granted, id, None).await?;
    Ok(Done::noted((), Action::ServiceAccountEnabled, subject(granted, &account)))
}

async fn set_disabled(
    tx: &mut Tx,
    granted: &MayUpdate,
    id: ServiceAccountId,
    at_ms: Option<i64>,
) -> Result<()> {
    sqlx::query("UPDATE service_accounts SET disabled_at = $2, updated_at = $3 WHERE id = $1")
        .bind(id.to_string())
        .bind(at_ms)
        .bind(granted.at_ms())
        .execute(tx)
        .await?;
    Ok(())
}

async fn end(
    tx: &mut Tx,
    granted: &Granted<may::DeleteServiceAccounts>,
    To(id, typed): &To<String>,
) -> Result<Done<()>> {
    let account = find(tx, granted.of(), *id).await?;
    if !is_as_shown(typed, &account.name) {
        return Err(Problem::invalid(Field::TypedName, Rule::Mismatch).into());
    }
    keep_owners_of_projects(tx, granted.of(), id).await?;
    tokens::end_all_of(tx, *id).await?;
    sqlx::query("DELETE FROM service_account_projects WHERE service_account_id = $1")
        .bind(id.to_string())
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "UPDATE service_accounts SET deleted_at = $2, disabled_at = $2, role = NULL, secret_hash = '' WHERE id = $1",
    )
    .bind(id.to_string())
    .bind(granted.at_ms())
    .execute(tx)
    .await?;
    Ok(Done::noted((), Action::ServiceAccountDeleted, subject(granted, &account)))
}

fn subject<P: Right>(granted: &Granted<P>, account: &Row) -> Subject {
    granted.subject().to(&account.id).with(json!({ "name": account.name }))
}
