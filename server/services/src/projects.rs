//! The projects a person may enter: those they belong to, and all of an organization they own.

use crate::{Result, Services, db::parse, sessions::Current};
use conifer_domain::{
    Problem,
    ids::{OrganizationId, ProjectId},
    projects::ProjectSummary,
};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    organization_id: String,
    name: String,
    role: String,
    created_at: i64,
}

/// What a person may enter, and as what. `$1` is the person.
macro_rules! entered {
    ($condition:literal) => {
        concat!(
            "SELECT p.id, p.organization_id, p.name, p.created_at,
                    CASE WHEN om.role = 'owner' THEN 'owner' ELSE pm.role END AS role
             FROM projects p
             JOIN organization_members om ON om.organization_id = p.organization_id AND om.user_id = $1
             LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = $1
             WHERE (om.role = 'owner' OR pm.role IS NOT NULL) AND ",
            $condition,
            " ORDER BY p.id"
        )
    };
}

/// Oldest first; none of an organization that is not theirs.
pub async fn list(
    services: &Services,
    current: &Current,
    organization_id: OrganizationId,
) -> Result<Vec<ProjectSummary>> {
    let rows: Vec<Row> = sqlx::query_as(entered!("p.organization_id = $2"))
        .bind(current.user_id().to_string())
        .bind(organization_id.to_string())
        .fetch_all(services.db().pool())
        .await?;
    rows.into_iter().map(Row::read).collect()
}

/// `NotFound` for a project of others as for one that never was.
pub async fn get(services: &Services, current: &Current, id: ProjectId) -> Result<ProjectSummary> {
    let row: Option<Row> = sqlx::query_as(entered!("p.id = $2"))
        .bind(current.user_id().to_string())
        .bind(id.to_string())
        .fetch_optional(services.db().pool())
        .await?;
    row.ok_or(Problem::NotFound)?.read()
}

impl Row {
    fn read(self) -> Result<ProjectSummary> {
        Ok(ProjectSummary {
            id: parse(&self.id)?,
            organization_id: parse(&self.organization_id)?,
            name: self.name,
            role: parse(&self.role)?,
            created_at_ms: self.created_at,
        })
    }
}
