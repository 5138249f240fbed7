//! Reading which service accounts there are.

use super::row::{Row, select_accounts};
use crate::{
    Result, Services,
    authorize::Granted,
    db::{Select, after, page, parse},
};
use conifer_domain::{
    Field, Name, Problem, Rule,
    ids::{ProjectId, ServiceAccountId},
    paging::Page,
    permissions::may,
    service_accounts::{ServiceAccount, ServiceAccountQuery, ServiceProject},
};
use std::collections::{BTreeSet, HashMap};

/// Those of the organization that are not deleted, sorted by name.
pub async fn list(
    services: &Services,
    granted: &Granted<may::ViewServiceAccounts>,
    query: &ServiceAccountQuery,
) -> Result<Page<ServiceAccount>> {
    let mut select = Select::new(select_accounts!("WHERE s.deleted_at IS NULL AND s.organization_id ="))
        .bind(granted.of().to_string())
        .containing(&["s.name_key"], &query.search);
    if let Some((name_key, id)) = after::<(String, String)>(&query.paging)? {
        select = select.push("AND (s.name_key, s.id) > (").bind(name_key).push(",").bind(id).push(")");
    }
    let limit = i64::from(query.paging.length()) + 1;
    let rows: Vec<Row> =
        select.push("ORDER BY s.name_key, s.id LIMIT").bind(limit).fetch(services.db()).await?;
    let mut projects = projects(services, &rows).await?;
    let rows = page(rows, &query.paging, |row| (row.name_key.clone(), row.id.clone()), Ok)?;
    let read = |row: Row| {
        let projects = projects.remove(&row.id).unwrap_or_default();
        row.read(projects)
    };
    Ok(Page { items: rows.items.into_iter().map(read).collect::<Result<_>>()?, next: rows.next })
}

pub async fn get(
    services: &Services,
    granted: &Granted<may::ViewServiceAccounts>,
    id: ServiceAccountId,
) -> Result<ServiceAccount> {
    let row: Option<Row> = sqlx::query_as(select_accounts!(
        "WHERE s.id = $1 AND s.organization_id = $2 AND s.deleted_at IS NULL"
    ))
    .bind(id.to_string())
    .bind(granted.of().to_string())
    .fetch_optional(services.db().pool())
    .await?;
    let row = row.ok_or(Problem::NotFound)?;
    let mut projects = projects(services, std::slice::from_ref(&row)).await?;
    let projects = projects.remove(&row.id).unwrap_or_default();
    row.read(projects)
}

/// The project of the organization that is called so, for somebody to give an account a role in it.
pub async fn project_named(
    services: &Services,
    granted: &Granted<may::UpdateServiceAccounts>,
    name: &str,
) -> Result<ProjectId> {
    let name = Name::parse(name, Field::ProjectName)?;
    let row: Option<(String,)> =
        sqlx::query_as("SELECT id FROM projects WHERE organization_id = $1 AND name_key = $2")
            .bind(granted.of().to_string())
            .bind(name.key())
            .fetch_optional(services.db().pool())
            .await?;
    let (id,) = row.ok_or(Problem::invalid(Field::ProjectName, Rule::Unknown))?;
    parse(&id)
}

/// What the accounts enter, of each by name: one question for a whole page.
async fn projects(services: &Services, rows: &[Row]) -> Result<HashMap<String, Vec<ServiceProject>>> {
    let ids: BTreeSet<String> = rows.iter().map(|row| row.id.clone()).collect();
    let select = Select::new(
        "SELECT sp.service_account_id, p.id, p.name, sp.role FROM service_account_projects sp
         JOIN projects p ON p.id = sp.project_id WHERE 1 = 1",
    )
    .among("sp.service_account_id", Some(&ids))
    .push("ORDER BY p.name_key, p.id");
    let rows: Vec<(String, String, String, String)> = select.fetch(services.db()).await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for (account, id, name, role) in rows {
        let project = ServiceProject { id: parse(&id)?, name, role: parse(&role)? };
        found.entry(account).or_default().push(project);
    }
    Ok(found)
}
