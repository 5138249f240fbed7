//! Single organizations.

use crate::{Result, Services, authorize::Granted, db::count};
use conifer_domain::{Problem, organizations::OrganizationDetails, permissions::may};

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
