//! Reading it from the database.

use super::seen_from;
use crate::{Error, Result, Services, db::parse};
use conifer_domain::indexes::Index;
use serde::de::DeserializeOwned;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    project_id: String,
    name: String,
    vectors: String,
    deployment: String,
    tags: String,
    deletion_protection: i64,
    port: Option<i64>,
    node_id: String,
    state: String,
    restored_from: Option<String>,
    created_at: i64,
}

pub(super) async fn revision(services: &Services) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT revision FROM directory").fetch_one(services.db().pool()).await?)
}

/// What goes on while it is read is found by the next look at the revision, which is read first.
pub(super) async fn all(services: &Services) -> Result<(i64, Vec<Index>)> {
    let revision = revision(services).await?;
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, project_id, name, vectors, deployment, tags, deletion_protection, port, node_id, state,
                restored_from, created_at
         FROM indexes WHERE project_id IS NOT NULL",
    )
    .fetch_all(services.db().pool())
    .await?;
    let indexes = rows.into_iter().map(|row| row.read(services)).collect::<Result<_>>()?;
    Ok((revision, indexes))
}

impl Row {
    fn read(self, services: &Services) -> Result<Index> {
        let here = services.vectors().node();
        let port = self.port.filter(|_| self.node_id == here.to_string());
        Ok(Index {
            id: parse(&self.id)?,
            project_id: parse(&self.project_id)?,
            name: self.name,
            vectors: json(&self.vectors)?,
            deployment: json(&self.deployment)?,
            tags: json(&self.tags)?,
            deletion_protection: self.deletion_protection != 0,
            state: seen_from(here, &self.node_id, &self.state)?,
            port: port.map(u16::try_from).transpose().map_err(Error::internal)?,
            restored_from: self.restored_from.as_deref().map(parse).transpose()?,
            created_at_ms: self.created_at,
        })
    }
}

/// Reads what only Conifer wrote.
pub(crate) fn json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}
