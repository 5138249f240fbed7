//! The end of invites.

use super::{Place, create::project_text, renew::Open};
use crate::{
    Origin, Result, Services,
    audit::{Action, Subject},
    authorize::{Done, Granted, Principal, Right},
    db::{Tx, parse},
};
use conifer_domain::{EmailAddress, ids::InviteId};
use serde_json::json;

/// Its links are dead at once. `Conflict` when it was accepted or revoked before.
pub async fn revoke<P: Place>(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    place: P,
    id: InviteId,
) -> Result<()> {
    services
        .change::<P::Inviting, _, _>(origin, who, place, id, |tx, granted, id| {
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

/// All that still wait for an address: into an organization and its projects, or into one project. Tells what the
/// log says of them.
pub(crate) async fn revoke_all_to<R: Right>(
    tx: &mut Tx,
    granted: &Granted<R>,
    email: &str,
) -> Result<Vec<(Action, Subject)>> {
    let rows: Vec<(String, Option<String>)> = sqlx::query_as(
        "UPDATE invites SET revoked_at = $3
         WHERE organization_id = $1 AND email_key = $2 AND accepted_at IS NULL AND revoked_at IS NULL
             AND COALESCE(project_id, '') = CASE WHEN $4 = '' THEN COALESCE(project_id, '') ELSE $4 END
         RETURNING id, project_id",
    )
    .bind(granted.organization_id().to_string())
    .bind(EmailAddress::parse(email)?.key())
    .bind(granted.at_ms())
    .bind(project_text(granted))
    .fetch_all(tx)
    .await?;
    let note = |(id, project_id): (String, Option<String>)| {
        let project_id = project_id.as_deref().map(parse).transpose()?;
        let subject = Subject { project_id, ..granted.subject() };
        Ok((Action::InviteRevoked, subject.to(id).with(json!({ "email": email }))))
    };
    rows.into_iter().map(note).collect()
}
