//! Single projects, and the few that a menu shows.

use crate::{
    Result, Services,
    authorize::Granted,
    db::{count, parse},
    sessions::Current,
};
use conifer_domain::{
    Problem,
    ids::OrganizationId,
    permissions::{Role, may},
    projects::{ProjectContents, ProjectDetails, ProjectRole, ProjectSummary},
};

/// As many as a menu can show; [`super::page`] has them all.
const LISTED_MAX: i64 = 200;

#[derive(sqlx::FromRow)]
struct Summary {
    id: String,
    organization_id: String,
    name: String,
    role: String,
    created_at: i64,
}

/// Those of one organization that who is signed in may enter, oldest first.
pub async fn list(
    services: &Services,
    current: &Current,
    organization_id: OrganizationId,
) -> Result<Vec<ProjectSummary>> {
    let rows: Vec<Summary> = sqlx::query_as(
        "SELECT p.id, p.organization_id, p.name, p.created_at,
                CASE WHEN om.role = 'owner' THEN 'owner' ELSE pm.role END AS role
         FROM projects p
         JOIN organization_members om ON om.organization_id = p.organization_id AND om.user_id = $1
         LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = $1
         WHERE (om.role = 'owner' OR pm.role IS NOT NULL) AND p.organization_id = $2
         ORDER BY p.created_at, p.id LIMIT $3",
    )
    .bind(current.user_id().to_string())
    .bind(organization_id.to_string())
    .bind(LISTED_MAX)
    .fetch_all(services.db().pool())
    .await?;
    rows.into_iter().map(Summary::read).collect()
}

impl Summary {
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

#[derive(sqlx::FromRow)]
struct Details {
    name: String,
    organization_name: String,
    created_at: i64,
    members: i64,
}

pub async fn get(services: &Services, granted: &Granted<may::ViewProject>) -> Result<ProjectDetails> {
    let row: Option<Details> = sqlx::query_as(
        "SELECT p.name, o.name AS organization_name, p.created_at,
                (SELECT COUNT(*) FROM project_members m WHERE m.project_id = p.id) AS members
         FROM projects p JOIN organizations o ON o.id = p.organization_id WHERE p.id = $1",
    )
    .bind(granted.of().to_string())
    .fetch_optional(services.db().pool())
    .await?;
    let row = row.ok_or(Problem::NotFound)?;
    Ok(ProjectDetails {
        id: granted.of(),
        organization_id: granted.organization_id(),
        organization_name: row.organization_name,
        name: row.name,
        access: granted.role(),
        role: if granted.role() == Role::ProjectUser { ProjectRole::User } else { ProjectRole::Owner },
        created_at_ms: row.created_at,
        members: count(row.members),
    })
}

/// What a deletion would take along.
pub async fn contents(services: &Services, granted: &Granted<may::DeleteProject>) -> Result<ProjectContents> {
    let (members, invites): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM project_members WHERE project_id = $1),
                (SELECT COUNT(*) FROM invites WHERE project_id = $1
                     AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2)",
    )
    .bind(granted.of().to_string())
    .bind(granted.at_ms())
    .fetch_one(services.db().pool())
    .await?;
    Ok(ProjectContents { members: count(members), invites: count(invites) })
}
