//! The pods of a project. All that takes some locks its organization, so what is counted stays true.

use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal},
    db::{Tx, count},
    directory::json,
};
use conifer_domain::{
    Problem,
    ids::ProjectId,
    indexes::Deployment,
    permissions::may,
    pods::{ProjectPods, check_limit},
};
use serde_json::json;
use sqlx::AnyConnection;

pub async fn get(services: &Services, granted: &Granted<may::ViewProjectPodLimits>) -> Result<ProjectPods> {
    let mut db = services.db().pool().acquire().await?;
    of(&mut db, granted.of()).await
}

/// A limit below what is used takes nothing away: there is no room for more.
pub async fn set_limit(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    id: ProjectId,
    limit: u64,
) -> Result<()> {
    let limit = check_limit(i64::try_from(limit).unwrap_or(i64::MAX))?;
    services.change(origin, who, id, limit, |tx, granted, limit| Box::pin(set(tx, granted, *limit))).await
}

async fn set(tx: &mut Tx, granted: &Granted<may::UpdateProjectPodLimits>, limit: u64) -> Result<Done<()>> {
    let before = of(tx, granted.of()).await?.limit;
    if before == limit {
        return Ok(Done::unchanged(()));
    }
    sqlx::query("UPDATE projects SET pod_limit = $2 WHERE id = $1")
        .bind(granted.of().to_string())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .execute(tx)
        .await?;
    let details = json!({ "before": before.to_string(), "after": limit.to_string() });
    Ok(Done::noted((), Action::PodLimitChanged, granted.subject().with(details)))
}

/// In the transaction that gives an index `wanted` pods in place of those that it `had`: whether they fit.
pub(crate) async fn check(tx: &mut Tx, project_id: ProjectId, wanted: u64, had: u64) -> Result<()> {
    if wanted <= had {
        return Ok(());
    }
    Ok(of(tx, project_id).await?.check(wanted - had)?)
}

async fn of(db: &mut AnyConnection, project_id: ProjectId) -> Result<ProjectPods> {
    let limit: Option<i64> = sqlx::query_scalar("SELECT pod_limit FROM projects WHERE id = $1")
        .bind(project_id.to_string())
        .fetch_optional(&mut *db)
        .await?;
    let limit = count(limit.ok_or(Problem::NotFound)?);
    let deployments: Vec<String> =
        sqlx::query_scalar("SELECT deployment FROM indexes WHERE project_id = $1 AND state <> 'deleting'")
            .bind(project_id.to_string())
            .fetch_all(db)
            .await?;
    let pods = |text: &String| json::<Deployment>(text).map(|deployment| deployment.pods());
    let used: Vec<u64> = deployments.iter().map(pods).collect::<Result<_>>()?;
    Ok(ProjectPods { limit, used: used.into_iter().sum() })
}
