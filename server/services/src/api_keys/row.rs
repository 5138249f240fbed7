//! A key's row.

use super::secret;
use crate::{
    Error, Result,
    db::{Tx, parse},
};
use conifer_domain::{
    Problem,
    api_keys::{ApiKey, KeyLimits, KeyRights, KeyUse},
    ids::{ApiKeyId, ProjectId},
};

/// A query of keys `k`.
macro_rules! select_keys {
    ($rest:literal) => {
        concat!(
            "SELECT k.id, k.project_id, k.organization_id, k.name, k.name_key, k.prefix, k.secret_hash,
                    k.old_secret_hash, k.old_secret_until, k.roles, k.scope, k.requests_per_s, k.bytes_per_s,
                    k.created_at, k.expires_at, k.revoked_at, k.last_used_at, k.last_used_address, k.revision,
                    COALESCE(u.name, s.name) AS created_by
             FROM api_keys k LEFT JOIN users u ON u.id = k.created_by
             LEFT JOIN service_accounts s ON s.id = k.created_by_account ",
            $rest
        )
    };
}
pub(super) use select_keys;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) project_id: Option<String>,
    pub(super) organization_id: String,
    pub(super) name: String,
    pub(super) name_key: String,
    pub(super) prefix: String,
    pub(super) secret_hash: String,
    pub(super) old_secret_hash: Option<String>,
    pub(super) old_secret_until: Option<i64>,
    roles: String,
    scope: String,
    requests_per_s: Option<i64>,
    bytes_per_s: Option<i64>,
    created_at: i64,
    expires_at: Option<i64>,
    pub(super) revoked_at: Option<i64>,
    last_used_at: Option<i64>,
    last_used_address: Option<String>,
    pub(super) revision: i64,
    created_by: Option<String>,
}

impl Row {
    pub(super) fn rights(&self) -> Result<KeyRights> {
        Ok(KeyRights {
            roles: serde_json::from_str(&self.roles).map_err(Error::internal)?,
            scope: serde_json::from_str(&self.scope).map_err(Error::internal)?,
            limits: KeyLimits {
                requests_per_s: self.requests_per_s.and_then(|rate| rate.try_into().ok()),
                bytes_per_s: self.bytes_per_s.and_then(|rate| rate.try_into().ok()),
            },
            expires_at_ms: self.expires_at,
        })
    }

    /// As a list shows it at a moment.
    pub(super) fn read(self, now_ms: i64) -> Result<ApiKey> {
        let rights = self.rights()?;
        let used = self.last_used_at.zip(self.last_used_address);
        Ok(ApiKey {
            id: parse(&self.id)?,
            name: self.name,
            prefix: secret::shown(&self.prefix),
            rights,
            created_by: self.created_by,
            created_at_ms: self.created_at,
            last_used: used.map(|(at_ms, address)| KeyUse { at_ms, address }),
            old_secret_until_ms: self.old_secret_until.filter(|until_ms| *until_ms > now_ms),
        })
    }
}

/// A key of this project that is not deleted.
pub(super) async fn find(tx: &mut Tx, project_id: ProjectId, id: ApiKeyId) -> Result<Row> {
    let row: Option<Row> =
        sqlx::query_as(select_keys!("WHERE k.id = $1 AND k.project_id = $2 AND k.revoked_at IS NULL"))
            .bind(id.to_string())
            .bind(project_id.to_string())
            .fetch_optional(tx)
            .await?;
    Ok(row.ok_or(Problem::NotFound)?)
}

/// The number of the change that this transaction makes. Whoever has it is the only one until it is done.
pub(super) async fn next_revision(tx: &mut Tx) -> Result<i64> {
    let next = "UPDATE api_key_changes SET revision = revision + 1 WHERE id = 1 RETURNING revision";
    let (revision,): (i64,) = sqlx::query_as(next).fetch_one(tx).await?;
    Ok(revision)
}
