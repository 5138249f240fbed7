//! The list of projects a person or a service account may enter: those they belong to, and all of an organization they own.

use crate::{
    Result, Services,
    authorize::{Author, Principal},
    db::{self, Select, after, count, parse},
    views::View,
};
use conifer_domain::{
    Problem,
    paging::Page,
    projects::{ProjectQuery, ProjectRow, ProjectSort},
};
use serde::{Deserialize, Serialize};

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    organization_id: String,
    organization_name: String,
    name: String,
    name_key: String,
    role: String,
    created_at: i64,
    members: i64,
}

/// The last row's place in either order.
#[derive(Serialize, Deserialize)]
enum Key {
    Name(String, String),
    Age(i64, String),
}

/// How the rows are ordered, and what comes after a key in that order.
struct Order {
    by: &'static str,
    after: &'static str,
}

const fn order(sort: ProjectSort) -> Order {
    match sort {
        ProjectSort::Name => Order { by: "ORDER BY p.name_key, p.id", after: "AND (p.name_key, p.id) > (" },
        ProjectSort::NameDescending => {
            Order { by: "ORDER BY p.name_key DESC, p.id DESC", after: "AND (p.name_key, p.id) < (" }
        }
        ProjectSort::Newest => {
            Order { by: "ORDER BY p.created_at DESC, p.id DESC", after: "AND (p.created_at, p.id) < (" }
        }
        ProjectSort::Oldest => {
            Order { by: "ORDER BY p.created_at, p.id", after: "AND (p.created_at, p.id) > (" }
        }
    }
}

/// What one may enter; it ends where the id of who asks belongs.
const fn entered_by(author: Author) -> &'static str {
    match author {
        Author::Person(_) => {
            "SELECT p.*, (SELECT COUNT(*) FROM project_members c WHERE c.project_id = p.id) AS members FROM (
             SELECT p.id, p.organization_id, o.name AS organization_name, p.name, p.name_key, p.created_at,
                    CASE WHEN om.role = 'owner' THEN 'owner' ELSE pm.role END AS role
             FROM organization_members om
             JOIN projects p ON p.organization_id = om.organization_id
             JOIN organizations o ON o.id = om.organization_id
             LEFT JOIN project_members pm ON pm.project_id = p.id AND pm.user_id = om.user_id
             WHERE (om.role = 'owner' OR pm.role IS NOT NULL) AND om.user_id ="
        }
        Author::ServiceAccount(_) => {
            "SELECT p.*, (SELECT COUNT(*) FROM project_members c WHERE c.project_id = p.id) AS members FROM (
             SELECT p.id, p.organization_id, o.name AS organization_name, p.name, p.name_key, p.created_at,
                    CASE WHEN s.role = 'owner' THEN 'owner' ELSE sp.role END AS role
             FROM service_accounts s
             JOIN projects p ON p.organization_id = s.organization_id
             JOIN organizations o ON o.id = s.organization_id
             LEFT JOIN service_account_projects sp ON sp.project_id = p.id AND sp.service_account_id = s.id
             WHERE s.disabled_at IS NULL AND (s.role = 'owner' OR sp.role IS NOT NULL) AND s.id ="
        }
    }
}

/// One query, whatever the number of organizations. Members are counted for the page's rows alone.
pub async fn page(
    services: &Services,
    who: &impl Principal,
    query: &ProjectQuery,
) -> Result<Page<ProjectRow>> {
    let order = order(query.sort);
    let who = who.who();
    let view = who.view();
    let of = match view {
        None => who.author().ok_or(Problem::Forbidden)?,
        Some(view) => match view.person() {
            Some(id) => Author::Person(id),
            None => return Ok(Page { items: Vec::new(), next: None }),
        },
    };
    let mut select = Select::new(entered_by(of))
        .bind(of.to_string())
        .also("AND p.organization_id =", query.organization_id.map(|id| id.to_string()))
        .also("AND p.organization_id =", view.map(|view| view.organization_id().to_string()))
        .also("AND p.id =", view.and_then(View::project_id).map(|id| id.to_string()))
        .containing(&["p.name_key"], &query.search);
    if let Some(key) = after::<Key>(&query.paging)? {
        select = key.push(select.push(order.after), query.sort)?.push(")");
    }
    let limit = i64::from(query.paging.length()) + 1;
    let select = select.push(order.by).push("LIMIT").bind(limit).push(") p").push(order.by);
    let rows: Vec<Row> = select.fetch(services.db()).await?;
    let mut page = db::page(rows, &query.paging, |row| Key::of(row, query.sort), Row::read)?;
    for row in &mut page.items {
        row.role = view.map_or(row.role, |view| view.project_role(row.role));
    }
    Ok(page)
}

impl Key {
    fn of(row: &Row, sort: ProjectSort) -> Self {
        match sort {
            ProjectSort::Name | ProjectSort::NameDescending => {
                Self::Name(row.name_key.clone(), row.id.clone())
            }
            ProjectSort::Newest | ProjectSort::Oldest => Self::Age(row.created_at, row.id.clone()),
        }
    }

    /// `BadRequest` for a cursor of the other order.
    fn push(self, select: Select, sort: ProjectSort) -> Result<Select, Problem> {
        match (self, sort) {
            (Self::Name(name, id), ProjectSort::Name | ProjectSort::NameDescending) => {
                Ok(select.bind(name).push(",").bind(id))
            }
            (Self::Age(at, id), ProjectSort::Newest | ProjectSort::Oldest) => {
                Ok(select.bind(at).push(",").bind(id))
            }
            _ => Err(Problem::BadRequest),
        }
    }
}

impl Row {
    fn read(self) -> Result<ProjectRow> {
        Ok(ProjectRow {
            id: parse(&self.id)?,
            organization_id: parse(&self.organization_id)?,
            organization_name: self.organization_name,
            name: self.name,
            role: parse(&self.role)?,
            members: count(self.members),
            created_at_ms: self.created_at,
        })
    }
}
