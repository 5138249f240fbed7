//! More links to an invite: mailed again, or copied by the inviter.

use super::{
    Place,
    create::{check_inviter, check_room, insert_link, invited_by, project_text, rule_against},
    place::role,
    url,
};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Done, Granted, Principal, Right},
    db::Tx,
    mail::letters::{self, InvitedBy},
    secrets::Token,
};
use conifer_domain::{
    EmailAddress, Field, Problem,
    ids::InviteId,
    limits::{DAY_MS, INVITE_AGE_MAX_MS, INVITE_COPIES_MAX, INVITE_RESENDS_PER_DAY_MAX, MINUTE_MS},
};
use serde_json::json;

/// Mails it once more and lets it live as long as a new one; once a minute and five times a day.
/// Links mailed before stay in force: asking again must not kill what is on its way.
pub async fn resend<P: Place>(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    place: P,
    id: InviteId,
) -> Result<()> {
    let token = Token::new()?;
    let data = (id, token.hash());
    let (email, by) = services
        .change::<P::Inviting, _, _>(origin, who, place, data, |tx, granted, (id, hash)| {
            Box::pin(send_again::<P>(tx, granted, *id, hash))
        })
        .await?;
    services.tell(&email, letters::invitation(&by, url(services, &token))).await;
    Ok(())
}

#[derive(sqlx::FromRow)]
pub(super) struct Open {
    pub(super) email: String,
    role: String,
    expires_at: i64,
    sent_at: i64,
    resends: i64,
    resends_since: i64,
}

impl Open {
    /// `NotFound` for an invite into elsewhere, `Conflict` for one that is accepted or revoked.
    pub(super) async fn find<R: Right>(tx: &mut Tx, granted: &Granted<R>, id: InviteId) -> Result<Self> {
        let row: Option<(i64,)> = sqlx::query_as(
            "SELECT CASE WHEN accepted_at IS NULL AND revoked_at IS NULL THEN 1 ELSE 0 END FROM invites
             WHERE id = $1 AND organization_id = $2 AND COALESCE(project_id, '') = $3",
        )
        .bind(id.to_string())
        .bind(granted.organization_id().to_string())
        .bind(project_text(granted))
        .fetch_optional(&mut *tx)
        .await?;
        let (open,) = row.ok_or(Problem::NotFound)?;
        if open == 0 {
            return Err(Problem::Conflict.into());
        }
        let sql =
            "SELECT email, role, expires_at, sent_at, resends, resends_since FROM invites WHERE id = $1";
        Ok(sqlx::query_as(sql).bind(id.to_string()).fetch_one(tx).await?)
    }

    /// How often it was sent again today, this time included, and since when; `TooMany` too soon.
    fn count(&self, now_ms: i64) -> Result<(i64, i64), Problem> {
        let (resends, since) = match now_ms - self.resends_since >= DAY_MS {
            true => (0, now_ms),
            false => (self.resends, self.resends_since),
        };
        let again_at = match resends >= INVITE_RESENDS_PER_DAY_MAX {
            true => since + DAY_MS,
            false => self.sent_at + MINUTE_MS,
        };
        if now_ms < again_at {
            let retry_after_s = u64::try_from(again_at - now_ms).unwrap_or(0).div_ceil(1000);
            return Err(Problem::TooMany { retry_after_s });
        }
        Ok((resends + 1, since))
    }
}

async fn send_again<P: Place>(
    tx: &mut Tx,
    granted: &Granted<P::Inviting>,
    id: InviteId,
    token_hash: &str,
) -> Result<Done<(String, InvitedBy)>> {
    check_inviter(tx, granted).await?;
    let open = Open::find(tx, granted, id).await?;
    let now_ms = granted.at_ms();
    if open.expires_at <= now_ms {
        // It lives again, so it is as good as a new one.
        check_room(tx, granted, 1).await?;
        if let Some(rule) = rule_against::<P>(tx, granted, &EmailAddress::parse(&open.email)?).await? {
            return Err(Problem::invalid(Field::Email, rule).into());
        }
    }
    let (resends, since) = open.count(now_ms)?;
    sqlx::query(
        "UPDATE invites SET expires_at = $2, sent_at = $3, resends = $4, resends_since = $5 WHERE id = $1",
    )
    .bind(id.to_string())
    .bind(now_ms + INVITE_AGE_MAX_MS)
    .bind(now_ms)
    .bind(resends)
    .bind(since)
    .execute(&mut *tx)
    .await?;
    insert_link(tx, id, token_hash, "mailed", now_ms).await?;
    let role = role(&open.role, granted.subject().project_id.is_some())?;
    let by = invited_by(tx, granted, role).await?;
    let subject = granted.subject().to(id).with(json!({ "email": open.email }));
    Ok(Done::noted((open.email, by), Action::InviteResent, subject))
}

/// A link that the inviter hands over by other ways than mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedLink {
    /// Whom it invites.
    pub email: String,
    pub url: String,
}

/// Makes one more link, which proves no address.
pub async fn link<P: Place>(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    place: P,
    id: InviteId,
) -> Result<CopiedLink> {
    let token = Token::new()?;
    let data = (id, token.hash());
    let email = services
        .change::<P::Inviting, _, _>(origin, who, place, data, |tx, granted, (id, hash)| {
            Box::pin(copy(tx, granted, *id, hash))
        })
        .await?;
    Ok(CopiedLink { email, url: url(services, &token) })
}

async fn copy<R: Right>(
    tx: &mut Tx,
    granted: &Granted<R>,
    id: InviteId,
    token_hash: &str,
) -> Result<Done<String>> {
    check_inviter(tx, granted).await?;
    let open = Open::find(tx, granted, id).await?;
    if open.expires_at <= granted.at_ms() {
        // A link that is dead from the start helps nobody: sending the invite again renews it.
        return Err(Problem::LinkDead.into());
    }
    insert_link(tx, id, token_hash, "copied", granted.at_ms()).await?;
    sqlx::query(
        "DELETE FROM invite_links WHERE invite_id = $1 AND way = 'copied' AND token_hash NOT IN (
             SELECT token_hash FROM invite_links WHERE invite_id = $1 AND way = 'copied'
             ORDER BY created_at DESC, token_hash LIMIT $2)",
    )
    .bind(id.to_string())
    .bind(INVITE_COPIES_MAX)
    .execute(tx)
    .await?;
    let subject = granted.subject().to(id).with(json!({ "email": open.email }));
    Ok(Done::noted(open.email, Action::InviteLinkCopied, subject))
}
