//! A service account's row.

use crate::{
    Result,
    db::{Tx, parse},
};
use conifer_domain::{
    Problem,
    api_keys::KeyUse,
    ids::{OrganizationId, ServiceAccountId},
    service_accounts::{ServiceAccount, ServiceProject},
};

/// A query of service accounts `s`.
macro_rules! select_accounts {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.name, s.name_key, s.client_id, s.role, s.disabled_at, s.created_at, s.updated_at,
                    s.last_used_at, s.last_used_address, COALESCE(u.name, m.name) AS created_by
             FROM service_accounts s
             LEFT JOIN users u ON u.id = s.created_by
             LEFT JOIN service_accounts m ON m.id = s.created_by_account ",
            $rest
        )
    };
}
pub(super) use select_accounts;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) name_key: String,
    client_id: String,
    pub(super) role: Option<String>,
    pub(super) disabled_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
    last_used_at: Option<i64>,
    last_used_address: Option<String>,
    created_by: Option<String>,
}

impl Row {
    pub(super) fn read(self, projects: Vec<ServiceProject>) -> Result<ServiceAccount> {
        let used = self.last_used_at.zip(self.last_used_address);
        Ok(ServiceAccount {
            id: parse(&self.id)?,
            name: self.name,
            client_id: self.client_id,
            role: self.role.as_deref().map(parse).transpose()?,
            projects,
            disabled_at_ms: self.disabled_at,
            created_by: self.created_by,
            created_at_ms: self.created_at,
            updated_at_ms: self.updated_at,
            last_used: used.map(|(at_ms, address)| KeyUse { at_ms, address }),
        })
    }
}

/// One of this organization that is not deleted.
pub(super) async fn find(tx: &mut Tx, of: OrganizationId, id: ServiceAccountId) -> Result<Row> {
    let row: Option<Row> = sqlx::query_as(select_accounts!(
        "WHERE s.id = $1 AND s.organization_id = $2 AND s.deleted_at IS NULL"
    ))
    .bind(id.to_string())
    .bind(of.to_string())
    .fetch_optional(tx)
    .await?;
    Ok(row.ok_or(Problem::NotFound)?)
}
