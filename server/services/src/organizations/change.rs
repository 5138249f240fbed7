//! Making, renaming and deleting organizations.

use super::insert;
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    authorize::{Done, Granted, Principal},
    db::{Tx, count, new_id},
    named, people,
    sessions::Current,
};
use conifer_domain::{Field, Name, Problem, ids::OrganizationId, permissions::may};
use serde_json::json;

/// Whoever makes it owns it. `Unconfirmed` for an address that nobody proved yet.
pub async fn create(
    services: &Services,
    origin: &Origin,
    current: &Current,
    name: &str,
) -> Result<OrganizationId> {
    let me = current.acting()?;
    let name = Name::parse(name, Field::OrganizationName)?;
    let id: OrganizationId = new_id();
    let data = (id, name, me, Trail::of(services, origin, Actor::User(me)));
    let create = services.db().write(data, |tx, (id, name, owner, trail)| {
        Box::pin(async move {
            if people::confinement(tx, *owner).await?.is_some() {
                return Err(Problem::Unconfirmed.into());
            }
            insert(tx, *id, name, *owner, trail.at_ms).await?;
            let subject = Subject { organization_id: Some(*id), ..Subject::default() };
            let subject = subject.to(id).with(json!({ "name": name.as_str() }));
            audit::record(tx, trail, Action::OrganizationCreated, subject).await
        })
    });
    create.await?;
    Ok(id)
}

pub async fn rename(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: OrganizationId,
    name: &str,
) -> Result<()> {
    let name = Name::parse(name, Field::OrganizationName)?;
    services.change(origin, who, id, name, |tx, granted, name| Box::pin(set_name(tx, granted, name))).await
}

async fn set_name(
    tx: &mut Tx,
    granted: &Granted<may::UpdateOrganizationName>,
    name: &Name,
) -> Result<Done<()>> {
    let before = named::name_of(tx, granted.of()).await?;
    if before == name.as_str() {
        return Ok(Done::unchanged(()));
    }
    sqlx::query("UPDATE organizations SET name = $2 WHERE id = $1")
        .bind(granted.of().to_string())
        .bind(name.as_str())
        .execute(tx)
        .await?;
    let details = json!({ "before": before, "after": name.as_str() });
    Ok(Done::noted((), Action::OrganizationRenamed, granted.subject().with(details)))
}

/// Only when it has no projects any more, and only by its name.
pub async fn delete(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: OrganizationId,
    typed_name: &str,
) -> Result<()> {
    let typed_name = typed_name.to_owned();
    services
        .change(origin, who, id, typed_name, |tx, granted, typed| Box::pin(remove(tx, granted, typed)))
        .await
}

async fn remove(
    tx: &mut Tx,
    granted: &Granted<may::DeleteOrganization>,
    typed_name: &str,
) -> Result<Done<()>> {
    let (projects,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM projects WHERE organization_id = $1")
        .bind(granted.of().to_string())
        .fetch_one(&mut *tx)
        .await?;
    if projects > 0 {
        return Err(Problem::HasProjects { count: count(projects) }.into());
    }
    named::delete(tx, granted, typed_name, Action::OrganizationDeleted).await
}
