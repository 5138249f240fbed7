//! The service accounts among the members of a place.

use crate::{
    Result, Services,
    authorize::Granted,
    db::{Select, parse},
};
use conifer_domain::{
    Problem,
    limits::PAGE_LENGTH_MAX,
    organizations::OrganizationRole,
    permissions::may,
    projects::ProjectRole,
    service_accounts::{ServiceMember, ServiceMembers},
};
use std::str::FromStr;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    role: String,
    since: i64,
    last_used_at: Option<i64>,
    disabled_at: Option<i64>,
}

/// Those that enter it by a role of their own, by name.
pub async fn of_project(
    services: &Services,
    granted: &Granted<may::ViewMembers>,
    search: &str,
) -> Result<ServiceMembers<ProjectRole>> {
    let select = Select::new(
        "SELECT s.id, s.name, sp.role, sp.created_at AS since, s.last_used_at, s.disabled_at
         FROM service_account_projects sp JOIN service_accounts s ON s.id = sp.service_account_id
         WHERE s.deleted_at IS NULL AND sp.project_id =",
    );
    few(services, select.bind(granted.of().to_string()), search).await
}

/// Those that are something in the organization itself, by name.
pub async fn of_organization(
    services: &Services,
    granted: &Granted<may::ViewOrganizationMembers>,
    search: &str,
) -> Result<ServiceMembers<OrganizationRole>> {
    let select = Select::new(
        "SELECT s.id, s.name, s.role, s.created_at AS since, s.last_used_at, s.disabled_at
         FROM service_accounts s
         WHERE s.deleted_at IS NULL AND s.role IS NOT NULL AND s.organization_id =",
    );
    few(services, select.bind(granted.of().to_string()), search).await
}

async fn few<R: FromStr<Err = Problem>>(
    services: &Services,
    select: Select,
    search: &str,
) -> Result<ServiceMembers<R>> {
    let select = select.containing(&["s.name_key"], search).push("ORDER BY s.name_key, s.id LIMIT");
    let mut rows: Vec<Row> = select.bind(i64::from(PAGE_LENGTH_MAX) + 1).fetch(services.db()).await?;
    let has_more = rows.len() > PAGE_LENGTH_MAX as usize;
    rows.truncate(PAGE_LENGTH_MAX as usize);
    Ok(ServiceMembers { items: rows.into_iter().map(Row::read).collect::<Result<_>>()?, has_more })
}

impl Row {
    fn read<R: FromStr<Err = Problem>>(self) -> Result<ServiceMember<R>> {
        Ok(ServiceMember {
            id: parse(&self.id)?,
            name: self.name,
            role: parse(&self.role)?,
            since_ms: self.since,
            last_used_ms: self.last_used_at,
            disabled: self.disabled_at.is_some(),
        })
    }
}
