//! Reading which keys there are.

use super::row::{Row, select_keys};
use crate::{
    Result, Services,
    authorize::Granted,
    db::{Select, after, page, parse},
};
use conifer_domain::{
    Problem,
    api_keys::{ApiKey, KeyQuery},
    ids::{ApiKeyId, ProjectId},
    paging::Page,
    permissions::may,
};

/// Those of the project that are not deleted, sorted by name.
pub async fn list(
    services: &Services,
    granted: &Granted<may::ViewApiKeys>,
    query: &KeyQuery,
) -> Result<Page<ApiKey>> {
    let mut select = Select::new(select_keys!("WHERE k.revoked_at IS NULL AND k.project_id ="))
        .bind(granted.of().to_string())
        .containing(&["k.name_key"], &query.search);
    if let Some((name_key, id)) = after::<(String, String)>(&query.paging)? {
        select = select.push("AND (k.name_key, k.id) > (").bind(name_key).push(",").bind(id).push(")");
    }
    let limit = i64::from(query.paging.length()) + 1;
    let rows: Vec<Row> =
        select.push("ORDER BY k.name_key, k.id LIMIT").bind(limit).fetch(services.db()).await?;
    let at_ms = granted.at_ms();
    page(rows, &query.paging, |row| (row.name_key.clone(), row.id.clone()), |row| row.read(at_ms))
}

pub async fn get(services: &Services, granted: &Granted<may::ViewApiKeys>, id: ApiKeyId) -> Result<ApiKey> {
    row(services, granted.of(), id).await?.read(granted.at_ms())
}

/// Where a key is, for who has only its id; none for one that is deleted. It says nothing to anybody by itself.
pub async fn project_of(services: &Services, id: ApiKeyId) -> Result<Option<ProjectId>> {
    let row: Option<(String,)> =
        sqlx::query_as("SELECT project_id FROM api_keys WHERE id = $1 AND revoked_at IS NULL")
            .bind(id.to_string())
            .fetch_optional(services.db().pool())
            .await?;
    row.map(|(id,)| parse(&id)).transpose()
}

async fn row(services: &Services, project_id: ProjectId, id: ApiKeyId) -> Result<Row> {
    let row: Option<Row> =
        sqlx::query_as(select_keys!("WHERE k.id = $1 AND k.project_id = $2 AND k.revoked_at IS NULL"))
            .bind(id.to_string())
            .bind(project_id.to_string())
            .fetch_optional(services.db().pool())
            .await?;
    Ok(row.ok_or(Problem::NotFound)?)
}
