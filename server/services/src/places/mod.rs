//! The places that menus show: one's organizations with a few projects each. It is asked for with every page,
//! so it costs two queries and a bounded number of rows, however much there is.

use crate::{
    Result, Services,
    db::{Select, parse},
    sessions::Current,
    views::View,
};
use conifer_domain::{
    ids::{OrganizationId, ProjectId, UserId},
    limits::{MENU_ORGANIZATIONS_MAX, MENU_PROJECTS_MAX},
    organizations::{OrganizationRole, OrganizationSummary},
    places::Place,
    projects::ProjectSummary,
};

/// Those of who is signed in. The organization and the project one is at come first, so that they are never left
/// out; then organizations by age and projects by name. A project one may not enter changes nothing: its place in
/// the order would tell that it exists.
pub async fn list(
    services: &Services,
    current: &Current,
    organization_id: Option<OrganizationId>,
    project_id: Option<ProjectId>,
) -> Result<Vec<Place>> {
    let view = current.view.as_deref();
    let Some(seeing) = view.map_or(Some(current.user_id()), View::person) else {
        return Ok(Vec::new());
    };
    // The place of a view is never left out either.
    let organization_id = view.map(View::organization_id).or(organization_id);
    let project_id = view.and_then(View::project_id).or(project_id);
    let organizations = organizations(services, seeing, organization_id, project_id).await?;
    let projects = projects(services, seeing, &organizations, project_id).await?;
    let place = |organization: OrganizationSummary| {
        let is_here = |project: &&ProjectSummary| project.organization_id == organization.id;
        let projects = projects.iter().filter(is_here).cloned().collect();
        Place { organization, projects }
    };
    let places = organizations.into_iter().map(place).collect();
    Ok(match view {
        Some(view) => view.narrow(places),
        None => places,
    })
}

#[derive(sqlx::FromRow)]
struct OrganizationRow {
    id: String,
    name: String,
    role: String,
}

async fn organizations(
    services: &Services,
    seeing: UserId,
    organization_id: Option<OrganizationId>,
    project_id: Option<ProjectId>,
) -> Result<Vec<OrganizationSummary>> {
    let rows: Vec<OrganizationRow> = sqlx::query_as(
        "SELECT o.id, o.name, m.role FROM organizations o
         JOIN organization_members m ON m.organization_id = o.id
         WHERE m.user_id = $1
         ORDER BY CASE WHEN o.id = $2 OR o.id = (
                 SELECT p.organization_id FROM projects p
                 LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = $1
                 WHERE p.id = $3 AND (m.role = 'owner' OR pm.role IS NOT NULL))
             THEN 0 ELSE 1 END, o.created_at, o.id
         LIMIT $4",
    )
    .bind(seeing.to_string())
    .bind(organization_id.map(|id| id.to_string()).unwrap_or_default())
    .bind(project_id.map(|id| id.to_string()).unwrap_or_default())
    .bind(i64::from(MENU_ORGANIZATIONS_MAX))
    .fetch_all(services.db().pool())
    .await?;
    rows.into_iter().map(OrganizationRow::read).collect()
}

#[derive(sqlx::FromRow)]
struct ProjectRow {
    id: String,
    organization_id: String,
    name: String,
    role: String,
    created_at: i64,
}

/// Each part of the query below reads its few rows by an index.
const ALL_OF_ORGANIZATION: &str =
    "SELECT p.id, p.organization_id, p.name, p.name_key, p.created_at, 'owner' AS role
     FROM projects p WHERE p.organization_id =";
const OWN: &str = "SELECT p.id, p.organization_id, p.name, p.name_key, p.created_at, m.role
     FROM project_members m JOIN projects p ON p.id = m.project_id WHERE m.user_id =";
const ONE: &str = "SELECT p.id, p.organization_id, p.name, p.name_key, p.created_at,
         CASE WHEN om.role = 'owner' THEN 'owner' ELSE pm.role END AS role
     FROM projects p
     JOIN organization_members om ON om.organization_id = p.organization_id
     LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = om.user_id
     WHERE (om.role = 'owner' OR pm.role IS NOT NULL) AND om.user_id =";

async fn projects(
    services: &Services,
    seeing: UserId,
    organizations: &[OrganizationSummary],
    at: Option<ProjectId>,
) -> Result<Vec<ProjectSummary>> {
    let (at, me) = (at.map(|id| id.to_string()).unwrap_or_default(), seeing.to_string());
    let mut select = Select::new("SELECT * FROM (").push(ONE).bind(me.clone());
    select = select.push("AND p.id =").bind(at.clone());
    for organization in organizations {
        select = select.push("UNION ALL SELECT * FROM (");
        select = first_of(select, organization, &me, &at).push(") AS part");
    }
    let select =
        select.push(") AS p ORDER BY CASE WHEN id =").bind(at).push("THEN 0 ELSE 1 END, name_key, id");
    let rows: Vec<ProjectRow> = select.fetch(services.db()).await?;
    rows.into_iter().map(ProjectRow::read).collect()
}

fn first_of(select: Select, organization: &OrganizationSummary, me: &str, at: &str) -> Select {
    let id = organization.id.to_string();
    let select = match organization.role {
        OrganizationRole::Owner => select.push(ALL_OF_ORGANIZATION).bind(id),
        _ => select.push(OWN).bind(me.to_owned()).push("AND m.organization_id =").bind(id),
    };
    let select = select.push("AND p.id <>").bind(at.to_owned());
    select.push("ORDER BY p.name_key, p.id LIMIT").bind(i64::from(MENU_PROJECTS_MAX))
}

impl OrganizationRow {
    fn read(self) -> Result<OrganizationSummary> {
        Ok(OrganizationSummary { id: parse(&self.id)?, name: self.name, role: parse(&self.role)? })
    }
}

impl ProjectRow {
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
