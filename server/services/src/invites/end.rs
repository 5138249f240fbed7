//! The end of invites.

use crate::{Result, db::Tx};
use conifer_domain::{EmailAddress, ids::OrganizationId};

/// All that still wait for an address, into the organization or into one of its projects.
pub(crate) async fn revoke_all_to(tx: &mut Tx, id: OrganizationId, email: &str, now_ms: i64) -> Result<()> {
    sqlx::query(
        "UPDATE invites SET revoked_at = $3
         WHERE organization_id = $1 AND email_key = $2 AND accepted_at IS NULL AND revoked_at IS NULL",
    )
    .bind(id.to_string())
    .bind(EmailAddress::parse(email)?.key())
    .bind(now_ms)
    .execute(tx)
    .await?;
    Ok(())
}
