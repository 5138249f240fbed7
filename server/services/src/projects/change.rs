//! Making, renaming and deleting projects.

use super::insert;
use crate::{
    Origin, Result, Services, api_keys,
    audit::Action,
    authorize::{Done, Granted, Principal},
    db::{Tx, new_id},
    indexes, named,
};
use conifer_domain::{
    Field, Name, Problem,
    ids::{OrganizationId, ProjectId},
    permissions::may,
};
use serde_json::json;

/// Whoever makes it owns it.
pub async fn create(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    organization_id: OrganizationId,
    name: &str,
) -> Result<ProjectId> {
    let name = Name::parse(name, Field::ProjectName)?;
    let data = (new_id(), name);
    services
        .change(origin, who, organization_id, data, |tx, granted, (id, name)| {
            Box::pin(make(tx, granted, *id, name))
        })
        .await
}

async fn make(
    tx: &mut Tx,
    granted: &Granted<may::CreateProjects>,
    id: ProjectId,
    name: &Name,
) -> Result<Done<ProjectId>> {
    insert(tx, id, granted.of(), name, granted.author()?, granted.at_ms()).await?;
    let mut subject = granted.subject().to(id).with(json!({ "name": name.as_str() }));
    subject.project_id = Some(id);
    Ok(Done::noted(id, Action::ProjectCreated, subject))
}

pub async fn rename(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: ProjectId,
    name: &str,
) -> Result<()> {
    let name = Name::parse(name, Field::ProjectName)?;
    services.change(origin, who, id, name, |tx, granted, name| Box::pin(set_name(tx, granted, name))).await
}

async fn set_name(tx: &mut Tx, granted: &Granted<may::UpdateProjectName>, name: &Name) -> Result<Done<()>> {
    let before = named::name_of(tx, granted.of()).await?;
    if before == name.as_str() {
        return Ok(Done::unchanged(()));
    }
    sqlx::query("UPDATE projects SET name = $2, name_key = $3 WHERE id = $1")
        .bind(granted.of().to_string())
        .bind(name.as_str())
        .bind(name.key())
        .execute(tx)
        .await?;
    let details = json!({ "before": before, "after": name.as_str() });
    Ok(Done::noted((), Action::ProjectRenamed, granted.subject().with(details)))
}

/// Only by its name, and not while an index in it is protected. All that is in it goes along.
pub async fn delete(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: ProjectId,
    typed_name: &str,
) -> Result<()> {
    services
        .change(origin, who, id, typed_name.to_owned(), |tx, granted, typed| {
            Box::pin(end(tx, granted, typed))
        })
        .await?;
    services.keys().changed(services.db()).await;
    indexes::forget_project(services).await
}

/// For programs, which know its id: only when no index, backup or collection is left in it.
pub async fn delete_empty(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: ProjectId,
) -> Result<()> {
    services.change(origin, who, id, (), |tx, granted, ()| Box::pin(end_empty(tx, granted))).await?;
    services.keys().changed(services.db()).await;
    indexes::forget_project(services).await
}

async fn end_empty(tx: &mut Tx, granted: &Granted<may::DeleteProject>) -> Result<Done<()>> {
    let (held,): (i64,) = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM indexes WHERE project_id = $1)
                + (SELECT COUNT(*) FROM backups WHERE project_id = $1)",
    )
    .bind(granted.of().to_string())
    .fetch_one(&mut *tx)
    .await?;
    if held > 0 {
        return Err(Problem::HoldsSomething.into());
    }
    let name = named::name_of(tx, granted.of()).await?;
    end(tx, granted, &name).await
}

async fn end(tx: &mut Tx, granted: &Granted<may::DeleteProject>, typed_name: &str) -> Result<Done<()>> {
    indexes::check_unprotected(tx, granted.of()).await?;
    api_keys::end_all_of(tx, granted.of(), granted.at_ms()).await?;
    let done = named::delete(tx, granted, typed_name, Action::ProjectDeleted).await?;
    indexes::bump(tx).await?;
    Ok(done)
}
