//! A key as it stands while a change is made.

use super::{
    access::KeyAccess,
    row::{Row, select_keys},
};
use crate::{Result, db::Tx};
use conifer_domain::{Problem, api_keys::KeyRefusal};
use std::sync::Arc;

/// The key as the database has it now; the change that makes it another one waits for the lock that is held.
pub(crate) async fn locked(tx: &mut Tx, key: &KeyAccess, now_ms: i64) -> Result<Arc<KeyAccess>> {
    let row: Option<Row> =
        sqlx::query_as(select_keys!("WHERE k.id = $1")).bind(key.id().to_string()).fetch_optional(tx).await?;
    let refused = |why| Problem::KeyRefused { why };
    let row = row.ok_or(refused(KeyRefusal::Revoked))?;
    let now = KeyAccess::read(&row, key.limits(), Arc::clone(key.meter()))?;
    now.check(now_ms).map_err(refused)?;
    Ok(Arc::new(now))
}
