//! Accepting, which happens once.

use super::found::{Found, by_token};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::{Tx, new_id},
    members::{self, membership},
    organizations, passwords,
    people::{self, NewPerson},
    sessions::Current,
    sign_in::Verified,
};
use conifer_domain::{
    EmailAddress, Field, Name, Problem, Rule,
    ids::{OrganizationId, ProjectId, UserId},
    invites::InvitedRole,
    organizations::OrganizationRole,
};
use serde_json::json;

/// Where the invitation led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub organization_id: OrganizationId,
    pub project_id: Option<ProjectId>,
}

/// By who is signed in with the invited address; `OtherAccount` for others.
pub async fn accept(
    services: &Services,
    origin: &Origin,
    current: &Current,
    token: &str,
) -> Result<Accepted> {
    let trail = Trail::of(services, origin, Actor::User(current.acting()?));
    let data = (token.to_owned(), current.acting()?, trail);
    let accept =
        services.db().write(data, |tx, (token, id, trail)| Box::pin(accept_as(tx, token, *id, trail)));
    accept.await
}

async fn accept_as(tx: &mut Tx, token: &str, id: UserId, trail: &Trail) -> Result<Accepted> {
    let found = Found::read(by_token(token, trail.at_ms).fetch_optional(&mut *tx).await?)?;
    found.take(tx, trail.at_ms).await?;
    let email = people::lock(tx, id).await?.ok_or(Problem::SignedOut)?;
    if EmailAddress::parse(&email)?.key() != found.email.key() {
        return Err(Problem::OtherAccount.into());
    }
    if found.mailed {
        people::prove_address(tx, id, trail.at_ms).await?;
    } else if people::confinement(tx, id).await?.is_some_and(|to| to != found.organization_id) {
        return Err(Problem::Unconfirmed.into());
    }
    let_in(tx, &found, id, trail).await
}

/// By somebody without an account, who gets one and may be signed in with it.
///
/// Through a mailed link also by the owner of an address that somebody else made an account with: it is
/// theirs from now on, and whoever made it is out.
pub async fn accept_as_new(
    services: &Services,
    origin: &Origin,
    token: &str,
    name: &str,
    password: &str,
) -> Result<(Accepted, Verified)> {
    let row = by_token(token, services.clock().now_ms()).fetch_optional(services.db().pool()).await?;
    let email = Found::read(row)?.email;
    let name = Name::parse(name, Field::Name)?;
    passwords::check(services, password, &[name.as_str(), email.as_str()], Field::Password).await?;
    let password_hash = services.hasher().hash(password).await?;
    let person = NewPerson { id: new_id(), name, email, password_hash };
    let data = (token.to_owned(), person, Trail::of(services, origin, Actor::Nobody));
    let accept = services
        .db()
        .write(data, |tx, (token, person, trail)| Box::pin(accept_with(tx, token, person, trail)));
    accept.await
}

async fn accept_with(
    tx: &mut Tx,
    token: &str,
    person: &NewPerson,
    trail: &Trail,
) -> Result<(Accepted, Verified)> {
    let found = Found::read(by_token(token, trail.at_ms).fetch_optional(&mut *tx).await?)?;
    found.take(tx, trail.at_ms).await?;
    let verified = account(tx, &found, person, trail).await?;
    let trail = Trail { actor: Actor::User(verified.user_id), ..trail.clone() };
    let subject = Subject { organization_id: Some(found.organization_id), ..Subject::user(verified.user_id) };
    audit::record(tx, &trail, Action::JoinedByInvite, subject).await?;
    Ok((let_in(tx, &found, verified.user_id, &trail).await?, verified))
}

/// The account that the address has from now on.
async fn account(tx: &mut Tx, found: &Found, person: &NewPerson, trail: &Trail) -> Result<Verified> {
    let now_ms = trail.at_ms;
    match people::holder(&mut *tx, &found.email).await? {
        None => {
            let (verified_at_ms, confined_to) = match found.mailed {
                true => (Some(now_ms), None),
                false => (None, Some(found.organization_id)),
            };
            person.insert(tx, now_ms, verified_at_ms, confined_to).await?;
            Ok(Verified::new(person.id, 0))
        }
        Some(holder) if found.mailed && holder.confined_to.is_some() => {
            let version = person.take_over(tx, holder.id, trail).await?;
            Ok(Verified::new(holder.id, version))
        }
        Some(_) => Err(Problem::invalid(Field::Email, Rule::Taken).into()),
    }
}

/// Who is in already loses nothing by it.
async fn let_in(tx: &mut Tx, found: &Found, user_id: UserId, trail: &Trail) -> Result<Accepted> {
    let (organization_id, now_ms) = (found.organization_id, trail.at_ms);
    let role = match found.role {
        InvitedRole::Organization(role) => role,
        InvitedRole::Project(_) => OrganizationRole::Member,
    };
    organizations::insert_member(tx, organization_id, user_id, role, now_ms).await?;
    let mut is = membership::find(tx, organization_id, user_id).await?.map(|member| member.role.as_str());
    if let (Some(id), InvitedRole::Project(role)) = (found.project_id, found.role) {
        members::insert(tx, id, organization_id, user_id, role, now_ms).await?;
        is = membership::find(tx, id, user_id).await?.map(|member| member.role.as_str());
    }
    let subject = Subject {
        organization_id: Some(organization_id),
        project_id: found.project_id,
        target: Some(found.id.to_string()),
        details: json!({ "email": found.email.as_str(), "role": is, "mailed": found.mailed }),
    };
    audit::record(tx, trail, Action::InviteAccepted, subject).await?;
    Ok(Accepted { organization_id, project_id: found.project_id })
}
