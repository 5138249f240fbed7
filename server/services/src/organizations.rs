//! The organizations a person belongs to.

use crate::{Result, Services, db::parse, sessions::Current};
use conifer_domain::organizations::OrganizationSummary;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    role: String,
}

/// Oldest first.
pub async fn list(services: &Services, current: &Current) -> Result<Vec<OrganizationSummary>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT o.id, o.name, m.role FROM organizations o
         JOIN organization_members m ON m.organization_id = o.id
         WHERE m.user_id = $1 ORDER BY o.id",
    )
    .bind(current.user_id().to_string())
    .fetch_all(services.db().pool())
    .await?;
    rows.into_iter().map(Row::read).collect()
}

impl Row {
    fn read(self) -> Result<OrganizationSummary> {
        Ok(OrganizationSummary { id: parse(&self.id)?, name: self.name, role: parse(&self.role)? })
    }
}
