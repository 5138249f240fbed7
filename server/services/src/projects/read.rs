//! Single projects.

use crate::{Result, Services, authorize::Granted, db::count};
use conifer_domain::{
    Problem,
    permissions::{Role, may},
    projects::{ProjectContents, ProjectDetails, ProjectRole},
};

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
        role: match granted.role() {
            Role::OrganizationOwner | Role::ProjectOwner => ProjectRole::Owner,
            _ => ProjectRole::User,
        },
        created_at_ms: row.created_at,
        members: count(row.members),
    })
}

/// What a deletion would take along.
pub async fn contents(services: &Services, granted: &Granted<may::DeleteProject>) -> Result<ProjectContents> {
    let (members, invites, indexes, backups): (i64, i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM project_members WHERE project_id = $1),
                (SELECT COUNT(*) FROM invites WHERE project_id = $1
                     AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2),
                (SELECT COUNT(*) FROM indexes WHERE project_id = $1),
                (SELECT COUNT(*) FROM backups WHERE project_id = $1)",
    )
    .bind(granted.of().to_string())
    .bind(granted.at_ms())
    .fetch_one(services.db().pool())
    .await?;
    Ok(ProjectContents {
        members: count(members),
        invites: count(invites),
        indexes: count(indexes),
        backups: count(backups),
    })
}
