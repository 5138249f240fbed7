//! Looking at imports.

use super::{
    jobs::{Row, select_imports},
    of_the_whole,
};
use crate::{
    Result, Services,
    authorize::Granted,
    db::{self, Select, after, count},
};
use conifer_domain::{
    Problem,
    ids::ImportId,
    imports::{Import, Refusal},
    paging::{Page, Paging},
    permissions::may,
};

/// Those of an index, the newest first, without the rows that were refused.
pub async fn list(
    services: &Services,
    granted: &Granted<may::ViewImports>,
    paging: &Paging,
) -> Result<Page<Import>> {
    of_the_whole(granted)?;
    let mut select = Select::new(select_imports!("WHERE index_id =")).bind(granted.of().to_string());
    if let Some((at, id)) = after::<(i64, String)>(paging)? {
        select = select.push("AND (created_at, id) < (").bind(at).push(",").bind(id).push(")");
    }
    let limit = i64::from(paging.length()) + 1;
    let rows: Vec<Row> =
        select.push("ORDER BY created_at DESC, id DESC LIMIT").bind(limit).fetch(services.db()).await?;
    db::page(rows, paging, |row| (row.created_at, row.id.clone()), Row::read)
}

/// With the first rows that were refused.
pub async fn get(services: &Services, granted: &Granted<may::ViewImports>, id: ImportId) -> Result<Import> {
    of_the_whole(granted)?;
    let row: Option<Row> = sqlx::query_as(select_imports!("WHERE id = $1 AND index_id = $2"))
        .bind(id.to_string())
        .bind(granted.of().to_string())
        .fetch_optional(services.db().pool())
        .await?;
    let import = row.ok_or(Problem::NotFound)?.read()?;
    Ok(Import { refusals: refusals(services, id).await?, ..import })
}

async fn refusals(services: &Services, id: ImportId) -> Result<Vec<Refusal>> {
    let rows: Vec<(String, Option<i64>, String)> =
        sqlx::query_as("SELECT file, line, reason FROM import_refusals WHERE import_id = $1 ORDER BY number")
            .bind(id.to_string())
            .fetch_all(services.db().pool())
            .await?;
    let read =
        |(file, line, reason): (String, Option<i64>, String)| Refusal { file, row: line.map(count), reason };
    Ok(rows.into_iter().map(read).collect())
}
