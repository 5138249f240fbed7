//! Looking at backups. Whoever may not know of an index may not know of its backups, nor guess from the pages of a list
//! that there are any.

use super::row::{Row, by_id, select_backups};
use crate::{
    Result, Services,
    authorize::Granted,
    db::{self, Select, after},
};
use conifer_domain::{
    Problem,
    backups::{Backup, BackupKind, BackupQuery},
    ids::{BackupId, ProjectId},
    paging::Page,
    permissions::may,
};

/// Moment and id of a row: what lists are sorted by, newest first.
pub(super) type Key = (i64, String);

/// Of a project, or of one index of it.
pub async fn list(
    services: &Services,
    granted: &Granted<may::ViewBackups>,
    query: &BackupQuery,
) -> Result<Page<Backup>> {
    let select =
        Select::new(select_backups!("WHERE kind = 'backup' AND state <> 'deleting' AND project_id ="))
            .bind(granted.of().to_string())
            .also("AND index_id =", query.index_id.map(|id| id.to_string()))
            .among("index_name", granted.indexes());
    page(services, select, &query.paging).await
}

pub(super) async fn page(
    services: &Services,
    mut select: Select,
    paging: &conifer_domain::paging::Paging,
) -> Result<Page<Backup>> {
    if let Some((at, id)) = after::<Key>(paging)? {
        select = select.push("AND (created_at, id) < (").bind(at).push(",").bind(id).push(")");
    }
    let limit = i64::from(paging.length()) + 1;
    let rows: Vec<Row> =
        select.push("ORDER BY created_at DESC, id DESC LIMIT").bind(limit).fetch(services.db()).await?;
    db::page(rows, paging, |row| (row.created_at, row.id.clone()), Row::read)
}

pub async fn get(services: &Services, granted: &Granted<may::ViewBackups>, id: BackupId) -> Result<Backup> {
    let backup = by_id(services, id).await?.map(Row::read).transpose()?;
    let seen = backup.filter(|backup| backup.kind == BackupKind::Backup && is_seen(granted, backup));
    Ok(seen.ok_or(Problem::NotFound)?)
}

/// In the order of their names.
pub async fn collections(services: &Services, granted: &Granted<may::ViewBackups>) -> Result<Vec<Backup>> {
    let rows: Vec<Row> = sqlx::query_as(select_backups!(
        "WHERE project_id = $1 AND collection IS NOT NULL ORDER BY collection"
    ))
    .bind(granted.of().to_string())
    .fetch_all(services.db().pool())
    .await?;
    let all = rows.into_iter().map(Row::read).collect::<Result<Vec<_>>>()?;
    Ok(all.into_iter().filter(|collection| granted.sees_index(&collection.index_name)).collect())
}

pub async fn get_collection(
    services: &Services,
    granted: &Granted<may::ViewBackups>,
    name: &str,
) -> Result<Backup> {
    let collection = by_collection(services, granted.of(), name).await?;
    let seen = collection.filter(|collection| is_seen(granted, collection));
    Ok(seen.ok_or(Problem::NotFound)?)
}

async fn by_collection(services: &Services, project_id: ProjectId, name: &str) -> Result<Option<Backup>> {
    let row: Option<Row> = sqlx::query_as(select_backups!("WHERE project_id = $1 AND collection = $2"))
        .bind(project_id.to_string())
        // PostgreSQL takes no text that has one, and no name has.
        .bind(name.replace('\0', "?"))
        .fetch_optional(services.db().pool())
        .await?;
    row.map(Row::read).transpose()
}

fn is_seen(granted: &Granted<may::ViewBackups>, backup: &Backup) -> bool {
    backup.project_id == granted.of() && granted.sees_index(&backup.index_name)
}
