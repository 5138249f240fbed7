//! Looking at imports.

use super::jobs::{Row, select_imports};
use crate::{
    Error, Result, Services,
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
    granted.of_the_whole()?;
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
    granted.of_the_whole()?;
    let row: Option<Row> = sqlx::query_as(select_imports!("WHERE id = $1 AND index_id = $2"))
        .bind(id.to_string())
        .bind(granted.of().to_string())
        .fetch_optional(services.db().pool())
        .await?;
    let import = row.ok_or(Problem::NotFound)?.read()?;
    let (refusals, _) = refusals(services, id, 0, REFUSALS_SHOWN).await?;
    Ok(Import { refusals, ..import })
}

/// How many are told with an import.
const REFUSALS_SHOWN: i64 = 100;
const REFUSALS_PER_PIECE: i64 = 1_000;

/// From this number on, and the number of the next.
async fn refusals(services: &Services, id: ImportId, from: i64, limit: i64) -> Result<(Vec<Refusal>, i64)> {
    let rows: Vec<(String, Option<i64>, String)> = sqlx::query_as(
        "SELECT file, line, reason FROM import_refusals WHERE import_id = $1 AND number >= $2 ORDER BY number LIMIT $3",
    )
    .bind(id.to_string())
    .bind(from)
    .bind(limit)
    .fetch_all(services.db().pool())
    .await?;
    let next = from + rows.len() as i64;
    let read =
        |(file, line, reason): (String, Option<i64>, String)| Refusal { file, row: line.map(count), reason };
    Ok((rows.into_iter().map(read).collect(), next))
}

/// The rows that were refused, as CSV, in pieces.
pub struct Refused {
    services: Services,
    id: ImportId,
    /// None when all are sent.
    next: Option<i64>,
}

/// All that are remembered.
pub async fn refused(
    services: &Services,
    granted: &Granted<may::ViewImports>,
    id: ImportId,
) -> Result<Refused> {
    get(services, granted, id).await?;
    Ok(Refused { services: services.clone(), id, next: Some(0) })
}

impl Refused {
    pub async fn next(&mut self) -> Option<Result<Vec<u8>>> {
        let from = self.next.take()?;
        Some(self.piece(from).await)
    }

    async fn piece(&mut self, from: i64) -> Result<Vec<u8>> {
        let (refusals, next) = refusals(&self.services, self.id, from, REFUSALS_PER_PIECE).await?;
        self.next = (refusals.len() as i64 == REFUSALS_PER_PIECE).then_some(next);
        let mut csv = csv::Writer::from_writer(Vec::new());
        if from == 0 {
            csv.write_record(["file", "row", "reason"]).map_err(Error::internal)?;
        }
        for Refusal { file, row, reason } in refusals {
            let row = row.map(|row| row.to_string()).unwrap_or_default();
            csv.write_record([file, row, reason]).map_err(Error::internal)?;
        }
        csv.into_inner().map_err(|error| Error::internal(error.to_string()))
    }
}
