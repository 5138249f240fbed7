//! Reading the log of an organization, newest first.

use crate::{
    Error, Result, Services,
    authorize::Granted,
    db::{Select, after, page, parse},
};
use conifer_domain::{
    audit::{AuditActor, AuditEntry, AuditFilter, Program},
    ids::OrganizationId,
    paging::{Page, Paging},
    permissions::may,
};

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) at: i64,
    actor: String,
    actor_name: Option<String>,
    actor_email: Option<String>,
    key_name: Option<String>,
    account_name: Option<String>,
    action: String,
    project_id: Option<String>,
    project_name: Option<String>,
    target: Option<String>,
    address: Option<String>,
    request_id: Option<String>,
    details: String,
}

/// Moment and id of an entry: what the log is sorted by.
pub(super) type Key = (i64, String);

pub async fn list(
    services: &Services,
    granted: &Granted<may::ViewAuditLog>,
    filter: &AuditFilter,
    paging: &Paging,
) -> Result<Page<AuditEntry>> {
    let after = after::<Key>(paging)?;
    let rows = rows(services, granted.of(), filter, after, paging.length() + 1).await?;
    page(rows, paging, |row| (row.at, row.id.clone()), Row::read)
}

/// The indexes of the log begin with the organization and end with moment and id.
pub(super) async fn rows(
    services: &Services,
    organization_id: OrganizationId,
    filter: &AuditFilter,
    after: Option<Key>,
    limit: u32,
) -> Result<Vec<Row>> {
    // Nobody's own entries are many. SQLite keeps no statistics, and would look through all of an action instead:
    // by an expression it cannot.
    let (of_room, of_action) = match filter.actor {
        Some(_) => ("AND a.room || '' =", "AND a.action || '' ="),
        None => ("AND a.room =", "AND a.action ="),
    };
    let mut select = Select::new(
        "SELECT a.id, a.at, a.actor, u.name AS actor_name, u.email AS actor_email, k.name AS key_name,
                s.name AS account_name, a.action, a.project_id,
                p.name AS project_name, a.target, a.address, a.request_id, a.details
         FROM audit_log a LEFT JOIN users u ON u.id = a.actor LEFT JOIN api_keys k ON k.id = a.actor
         LEFT JOIN service_accounts s ON s.id = a.actor
         LEFT JOIN projects p ON p.id = a.project_id
         WHERE a.organization_id =",
    )
    .bind(organization_id.to_string())
    .also("AND a.actor =", filter.actor.map(|id| id.to_string()))
    .also(of_room, filter.room.clone())
    .also(of_action, filter.action.clone())
    .also("AND a.at >=", filter.from_ms)
    .also("AND a.at <", filter.until_ms);
    if let Some((at, id)) = after {
        select = select.push("AND (a.at, a.id) < (").bind(at).push(",").bind(id).push(")");
    }
    let select = select.push("ORDER BY a.at DESC, a.id DESC LIMIT").bind(i64::from(limit));
    select.fetch(services.db()).await
}

impl Row {
    pub(super) fn read(self) -> Result<AuditEntry> {
        let program = match (&self.key_name, &self.account_name) {
            (Some(_), _) => Some(Program::ApiKey),
            (None, Some(_)) => Some(Program::ServiceAccount),
            (None, None) => None,
        };
        let name = self.actor_name.or(self.key_name).or(self.account_name);
        let name = name.unwrap_or_else(|| self.actor.clone());
        Ok(AuditEntry {
            id: self.id,
            at_ms: self.at,
            // What is no id is a name already, such as the command line.
            actor: AuditActor { id: self.actor.parse().ok(), name, email: self.actor_email, program },
            action: self.action,
            project_id: self.project_id.as_deref().map(parse).transpose()?,
            project_name: self.project_name,
            target: self.target,
            address: self.address,
            request_id: self.request_id,
            details: serde_json::from_str(&self.details).map_err(Error::internal)?,
        })
    }
}
