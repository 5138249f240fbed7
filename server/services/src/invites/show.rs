//! Reading an invitation, which changes nothing.

use super::found::{Found, by_token};
use crate::{Result, Services, people, sessions::Current};
use conifer_domain::{
    EmailAddress,
    invites::{Invitation, Reader},
};

/// What the link invites to, and what its reader does to accept it. `LinkDead`.
pub async fn show(services: &Services, current: Option<&Current>, token: &str) -> Result<Invitation> {
    let row = by_token(token, services.clock().now_ms()).fetch_optional(services.db().pool()).await?;
    let found = Found::read(row)?;
    let reader = reader(services, current, &found).await?;
    Ok(Invitation {
        organization_name: found.organization_name,
        project_name: found.project_name,
        role: found.role,
        invited_by: found.inviter_name,
        email: found.email.to_string(),
        expires_at_ms: found.expires_at_ms,
        reader,
    })
}

async fn reader(services: &Services, current: Option<&Current>, found: &Found) -> Result<Reader> {
    if let Some(current) = current {
        let same = EmailAddress::parse(&current.account.email)?.key() == found.email.key();
        let signed_in_as = || current.account.email.clone();
        return Ok(if same { Reader::Member } else { Reader::Other { signed_in_as: signed_in_as() } });
    }
    Ok(match people::holder(services.db().pool(), &found.email).await? {
        // Who reads the address's mail need not know the password of an account that never did.
        Some(holder) if !(holder.confined_to.is_some() && found.mailed) => Reader::SignIn,
        _ => Reader::New,
    })
}
