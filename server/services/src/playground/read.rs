//! The saved queries of an index.

use crate::{Result, Services, authorize::Granted, db::Select, db::parse, directory::json};
use conifer_domain::{
    Problem,
    ids::{IndexId, SavedQueryId},
    limits::SAVED_QUERIES_MAX,
    permissions::may,
    playground::SavedQuery,
    records::Search,
};

const SELECT: &str = "SELECT q.id, q.index_id, q.name, q.search, q.expected, u.name AS saved_by, q.saved_at
     FROM saved_queries q LEFT JOIN users u ON u.id = q.saved_by WHERE q.index_id =";

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    index_id: String,
    name: String,
    search: String,
    expected: String,
    saved_by: Option<String>,
    saved_at: i64,
}

impl Row {
    fn read(self) -> Result<SavedQuery> {
        Ok(SavedQuery {
            id: parse(&self.id)?,
            index_id: parse(&self.index_id)?,
            name: self.name,
            search: json(&self.search)?,
            expected: json(&self.expected)?,
            saved_by: self.saved_by,
            saved_at_ms: self.saved_at,
        })
    }
}

/// All of them, by name: there is a limit on how many an index has. Whoever is limited to some namespaces sees those
/// that ask there.
pub async fn list(services: &Services, granted: &Granted<may::QueryVectors>) -> Result<Vec<SavedQuery>> {
    let select = of_index(granted.of()).push("ORDER BY q.name_key LIMIT").bind(SAVED_QUERIES_MAX);
    let rows: Vec<Row> = select.fetch(services.db()).await?;
    let all: Result<Vec<_>> = rows.into_iter().map(Row::read).collect();
    Ok(all?.into_iter().filter(|query| !hidden_from(granted, &query.search)).collect())
}

pub async fn get(
    services: &Services,
    granted: &Granted<may::QueryVectors>,
    id: SavedQueryId,
) -> Result<SavedQuery> {
    let select = of_index(granted.of()).push("AND q.id =").bind(id.to_string());
    let rows: Vec<Row> = select.fetch(services.db()).await?;
    let query = rows.into_iter().next().map(Row::read).transpose()?;
    let seen = query.filter(|query| !hidden_from(granted, &query.search));
    Ok(seen.ok_or(Problem::NotFound)?)
}

/// Whether it asks where the asker may not look.
pub(super) fn hidden_from(granted: &Granted<may::QueryVectors>, search: &Search) -> bool {
    !granted.sees_namespace(search.namespace.trim())
}

fn of_index(id: IndexId) -> Select {
    Select::new(SELECT).bind(id.to_string())
}
