//! The end of invites.

use super::{Place, renew::Open};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Right},
    db::Tx,
    sessions::Current,
};
use conifer_domain::{
    EmailAddress,
    ids::{InviteId, OrganizationId},
};
use serde_json::json;

/// Its links are dead at once. `Conflict` when it was accepted or revoked before.
pub async fn revoke<P: Place>(
    services: &Services,
    origin: &Origin,
    current: &Current,
    place: P,
    id: InviteId,
) -> Result<()> {
    services
        .change::<P::Inviting, _, _>(origin, current, place, id, |tx, granted, id| {
            Box::pin(end(tx, granted, *id))
        })
        .await
}

async fn end<R: Right>(tx: &mut Tx, granted: &Granted<R>, id: InviteId) -> Result<Done<()>> {
    let open = Open::find(tx, granted, id).await?;
    sqlx::query("UPDATE invites SET revoked_at = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(granted.at_ms())
        .execute(tx)
        .await?;
    let subject = granted.subject().to(id).with(json!({ "email": open.email }));
    Ok(Done::noted((), Action::InviteRevoked, subject))
}

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
