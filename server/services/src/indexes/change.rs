//! Changing what an index is called by its owners: tags, protection, size.

use super::rows::{bump, json as to_json};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal, authorize},
    db::Tx,
    directory::{Entry, json},
    pods,
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::IndexId,
    indexes::{Deployment, IndexChange, Tags},
    permissions::may,
};
use serde_json::json;
use std::sync::Arc;

/// All of it, or nothing.
pub async fn configure(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: IndexId,
    change: IndexChange,
) -> Result<Arc<Entry>> {
    if change.pods.is_some() {
        authorize::<may::UpdateIndexSize>(services, origin, who, id).await?;
    }
    let alone = match &change.pods {
        Some(pods) => pods::resize(services, id, pods).await?,
        None => None,
    };
    let (changing, origin, who) = (services.clone(), origin.clone(), who.who());
    // Until what is written is known here, whether or not somebody waits for it.
    let changed = async move {
        let _alone = alone;
        let deed = changing
            .change(&origin, &who, id, change, |tx, granted, change| Box::pin(apply(tx, granted, change)));
        deed.await?;
        changing.directory().reload(&changing).await
    };
    services.to_its_end(changed).await?;
    Ok(services.directory().get(id).ok_or(Problem::NotFound)?)
}

async fn apply(
    tx: &mut Tx,
    granted: &Granted<may::ConfigureIndexes>,
    change: &IndexChange,
) -> Result<Done<()>> {
    let id = granted.of().to_string();
    let row: Option<(String, String, i64)> = sqlx::query_as(
        "SELECT deployment, tags, deletion_protection FROM indexes WHERE id = $1 AND state = 'ready'",
    )
    .bind(&id)
    .fetch_optional(&mut *tx)
    .await?;
    let (deployment_before, tags_before, protected_before) = row.ok_or(Problem::NotFound)?;
    let mut deployment: Deployment = json(&deployment_before)?;
    let pods_before = deployment.pods();
    resize(&mut deployment, change)?;
    if let Some(project_id) = granted.project_id() {
        pods::check(tx, project_id, deployment.pods(), pods_before).await?;
    }
    let deployment = to_json(&deployment)?;
    let tags: Tags = json(&tags_before)?;
    let tags = to_json(&change.tags.as_ref().map_or(Ok(tags.clone()), |newer| tags.changed_by(newer))?)?;
    let protected = change.deletion_protection.map_or(protected_before, i64::from);
    let before = (&deployment_before, &tags_before, protected_before);
    if before == (&deployment, &tags, protected) {
        return Ok(Done::unchanged(()));
    }
    sqlx::query("UPDATE indexes SET deployment = $2, tags = $3, deletion_protection = $4 WHERE id = $1")
        .bind(&id)
        .bind(&deployment)
        .bind(&tags)
        .bind(protected)
        .execute(&mut *tx)
        .await?;
    bump(tx).await?;
    let told = |deployment: &str, tags: &str, protected: i64| -> Result<_> {
        let (deployment, tags): (serde_json::Value, serde_json::Value) = (json(deployment)?, json(tags)?);
        Ok(json!({ "deployment": deployment, "tags": tags, "deletion_protection": protected != 0 }))
    };
    let details = json!({
        "before": told(&deployment_before, &tags_before, protected_before)?,
        "after": told(&deployment, &tags, protected)?,
    });
    Ok(Done::noted((), Action::IndexConfigured, granted.subject().with(details)))
}

fn resize(deployment: &mut Deployment, change: &IndexChange) -> Result<(), Problem> {
    if let Some(wanted) = &change.read_capacity {
        let capacity = deployment.read_capacity_mut();
        *capacity.ok_or(Problem::invalid(Field::ReadCapacity, Rule::OtherDeployment))? = wanted.clone();
    }
    change.pods.as_ref().map_or(Ok(()), |pods| deployment.resize(pods))
}
