//! The organizations a person belongs to.

use crate::{
    Result, Services,
    authorize::Granted,
    db::{count, parse},
    sessions::Current,
};
use conifer_domain::{
    Problem,
    organizations::{OrganizationDetails, OrganizationSummary},
    permissions::may,
};

#[derive(sqlx::FromRow)]
struct Summary {
    id: String,
    name: String,
    role: String,
}

/// Those of who is signed in, oldest first.
pub async fn list(services: &Services, current: &Current) -> Result<Vec<OrganizationSummary>> {
    let rows: Vec<Summary> = sqlx::query_as(
        "SELECT o.id, o.name, m.role FROM organizations o
         JOIN organization_members m ON m.organization_id = o.id
         WHERE m.user_id = $1 ORDER BY o.created_at, o.id",
    )
    .bind(current.user_id().to_string())
    .fetch_all(services.db().pool())
    .await?;
    rows.into_iter().map(Summary::read).collect()
}

impl Summary {
    fn read(self) -> Result<OrganizationSummary> {
        Ok(OrganizationSummary { id: parse(&self.id)?, name: self.name, role: parse(&self.role)? })
    }
}

#[derive(sqlx::FromRow)]
struct Details {
    name: String,
    created_at: i64,
    projects: i64,
    members: i64,
}

pub async fn get(
    services: &Services,
    granted: &Granted<may::ViewOrganization>,
) -> Result<OrganizationDetails> {
    let row: Option<Details> = sqlx::query_as(
        "SELECT o.name, o.created_at,
                (SELECT COUNT(*) FROM projects p WHERE p.organization_id = o.id) AS projects,
                (SELECT COUNT(*) FROM organization_members m WHERE m.organization_id = o.id) AS members
         FROM organizations o WHERE o.id = $1",
    )
    .bind(granted.of().to_string())
    .fetch_optional(services.db().pool())
    .await?;
    let row = row.ok_or(Problem::NotFound)?;
    Ok(OrganizationDetails {
        id: granted.of(),
        name: row.name,
        access: granted.role(),
        created_at_ms: row.created_at,
        projects: count(row.projects),
        members: count(row.members),
    })
}
