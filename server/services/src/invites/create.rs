//! Inviting: several addresses at once, all of them or none.

use super::{Place, url};
use crate::{
    Origin, Result, Services,
    audit::Action,
    authorize::{Author, Done, Granted, Principal, Right, authorize},
    db::{Tx, new_id},
    mail::letters::{self, InvitedBy},
    people,
    secrets::Token,
    throttle::{self, INVITES_OF},
};
use conifer_domain::{
    EmailAddress, Field, Problem, Rule,
    ids::InviteId,
    invites::{InvitedRole, addresses},
    limits::{INVITE_AGE_MAX_MS, INVITES_AT_ONCE_MAX, INVITES_PENDING_MAX},
};
use serde_json::json;
use std::collections::HashSet;

struct New {
    id: InviteId,
    email: EmailAddress,
    token: Token,
}

/// Invites and mails the addresses.
///
/// The first that cannot be invited is named by its place, and nobody is invited.
pub async fn create<P: Place>(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    place: P,
    addresses: &str,
    role: P::Role,
) -> Result<Vec<InviteId>> {
    // Who may not is told that first: no limit and no address is their matter.
    authorize::<P::Inviting>(services, origin, who, place).await?;
    let inviter = who.who().author().ok_or(Problem::Forbidden)?;
    let new: Vec<New> = parse_addresses(addresses)?
        .into_iter()
        .map(|email| Ok(New { id: new_id(), email, token: Token::new()? }))
        .collect::<Result<_>>()?;
    let _counted = throttle::begin(services, vec![INVITES_OF.key(&inviter.to_string())]).await?;
    let rows = new.iter().map(|new| (new.id, new.email.clone(), new.token.hash())).collect();
    let role: InvitedRole = role.into();
    let by = services
        .change::<P::Inviting, _, _>(origin, who, place, (rows, role), |tx, granted, (rows, role)| {
            Box::pin(insert_all::<P>(tx, granted, rows, *role))
        })
        .await?;
    for new in &new {
        services.tell(new.email.as_str(), letters::invitation(&by, url(services, &new.token))).await;
    }
    Ok(new.into_iter().map(|new| new.id).collect())
}

/// Each address once, in the order given.
fn parse_addresses(text: &str) -> Result<Vec<EmailAddress>, Problem> {
    let (mut emails, mut keys) = (Vec::new(), HashSet::new());
    for (position, word) in (1..).zip(addresses(text)) {
        let email = EmailAddress::parse(word).map_err(|problem| item(problem, position))?;
        if keys.insert(email.key()) {
            emails.push(email);
        }
    }
    let rule = match emails.len() {
        0 => Rule::Required,
        count if count > INVITES_AT_ONCE_MAX => Rule::TooManyItems { items_max: INVITES_AT_ONCE_MAX },
        _ => return Ok(emails),
    };
    Err(Problem::invalid(Field::Addresses, rule))
}

fn item(problem: Problem, position: usize) -> Problem {
    match problem {
        Problem::Invalid { rule, .. } => Problem::InvalidItem { field: Field::Addresses, rule, position },
        other => other,
    }
}

type Row = (InviteId, EmailAddress, String);

async fn insert_all<P: Place>(
    tx: &mut Tx,
    granted: &Granted<P::Inviting>,
    rows: &Vec<Row>,
    role: InvitedRole,
) -> Result<Done<InvitedBy>> {
    check_inviter(tx, granted).await?;
    check_room(tx, granted, rows.len()).await?;
    let mut notes = Vec::with_capacity(rows.len());
    for (position, (id, email, token_hash)) in (1..).zip(rows) {
        if let Some(rule) = rule_against::<P>(tx, granted, email).await? {
            return Err(Problem::InvalidItem { field: Field::Addresses, rule, position }.into());
        }
        insert::<P>(tx, granted, *id, email, role).await?;
        insert_link(tx, *id, token_hash, "mailed", granted.at_ms()).await?;
        let details = json!({ "email": email.as_str(), "role": role.as_str() });
        notes.push((Action::InviteCreated, granted.subject().to(id).with(details)));
    }
    Ok(Done::all_noted(invited_by(tx, granted, role).await?, notes))
}

/// A letter says who invites: an address that nobody proved vouches for nothing.
pub(super) async fn check_inviter<R: Right>(tx: &mut Tx, granted: &Granted<R>) -> Result<()> {
    match granted.author()? {
        Author::Person(id) if people::confinement(tx, id).await?.is_some() => {
            Err(Problem::Unconfirmed.into())
        }
        _ => Ok(()),
    }
}

pub(super) async fn check_room<R: Right>(tx: &mut Tx, granted: &Granted<R>, more: usize) -> Result<()> {
    let (pending,): (i64,) = sqlx::query_as(
        "SELECT COUNT(*) FROM invites WHERE organization_id = $1
             AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2",
    )
    .bind(granted.organization_id().to_string())
    .bind(granted.at_ms())
    .fetch_one(tx)
    .await?;
    let room = INVITES_PENDING_MAX.saturating_sub(usize::try_from(pending).unwrap_or(usize::MAX));
    if more > room { Err(Problem::InvitesFull { pending_max: INVITES_PENDING_MAX }.into()) } else { Ok(()) }
}

/// Why an address cannot be invited.
pub(super) async fn rule_against<P: Place>(
    tx: &mut Tx,
    granted: &Granted<P::Inviting>,
    email: &EmailAddress,
) -> Result<Option<Rule>> {
    let (members,): (i64,) = sqlx::query_as(P::IS_MEMBER)
        .bind(granted.of().to_string())
        .bind(email.key())
        .fetch_one(&mut *tx)
        .await?;
    if members > 0 {
        return Ok(Some(Rule::MemberAlready));
    }
    let (invites,): (i64,) = sqlx::query_as(
        "SELECT COUNT(*) FROM invites WHERE organization_id = $1 AND COALESCE(project_id, '') = $2
             AND email_key = $3 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $4",
    )
    .bind(granted.organization_id().to_string())
    .bind(project_text(granted))
    .bind(email.key())
    .bind(granted.at_ms())
    .fetch_one(tx)
    .await?;
    Ok((invites > 0).then_some(Rule::InvitedAlready))
}

async fn insert<P: Place>(
    tx: &mut Tx,
    granted: &Granted<P::Inviting>,
    id: InviteId,
    email: &EmailAddress,
    role: InvitedRole,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO invites (id, organization_id, project_id, role, email, email_key, invited_by,
                              invited_by_account, created_at, expires_at, sent_at, resends_since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $9)",
    )
    .bind(id.to_string())
    .bind(granted.organization_id().to_string())
    .bind(granted.project_id().map(|id| id.to_string()))
    .bind(role.as_str())
    .bind(email.as_str())
    .bind(email.key())
    .bind(granted.author()?.person_text())
    .bind(granted.author()?.account_text())
    .bind(granted.at_ms())
    .bind(granted.at_ms() + INVITE_AGE_MAX_MS)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn insert_link(
    tx: &mut Tx,
    id: InviteId,
    token_hash: &str,
    way: &'static str,
    now_ms: i64,
) -> Result<()> {
    sqlx::query("INSERT INTO invite_links (token_hash, invite_id, way, created_at) VALUES ($1, $2, $3, $4)")
        .bind(token_hash)
        .bind(id.to_string())
        .bind(way)
        .bind(now_ms)
        .execute(tx)
        .await?;
    Ok(())
}

/// The project as comparisons take it: none is the empty text.
pub(super) fn project_text<R: Right>(granted: &Granted<R>) -> String {
    granted.project_id().map_or_else(String::new, |id| id.to_string())
}

/// What a letter says of who invites whereto.
pub(super) async fn invited_by<R: Right>(
    tx: &mut Tx,
    granted: &Granted<R>,
    role: InvitedRole,
) -> Result<InvitedBy> {
    let (name, email, organization_name, project_name): (String, Option<String>, String, Option<String>) =
        sqlx::query_as(match granted.author()? {
            Author::Person(_) => {
                "SELECT u.name, u.email, o.name, (SELECT p.name FROM projects p WHERE p.id = $3)
                 FROM users u, organizations o WHERE u.id = $1 AND o.id = $2"
            }
            Author::ServiceAccount(_) => {
                "SELECT s.name, NULL, o.name, (SELECT p.name FROM projects p WHERE p.id = $3)
                 FROM service_accounts s, organizations o WHERE s.id = $1 AND o.id = $2"
            }
        })
        .bind(granted.author()?.to_string())
        .bind(granted.organization_id().to_string())
        .bind(project_text(granted))
        .fetch_one(tx)
        .await?;
    Ok(InvitedBy { name, email, organization_name, project_name, role })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Vec<String>, Problem> {
        parse_addresses(text).map(|all| all.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn addresses_are_separated_by_what_people_type() {
        let text = " ada@example.com, bob@example.com;\ncyd@example.com\tADA@example.com ";
        assert_eq!(parsed(text), Ok(["ada", "bob", "cyd"].map(|name| format!("{name}@example.com")).into()));
    }

    #[test]
    fn the_wrong_one_is_told_by_its_place() {
        let rule = Rule::NotAnAddress;
        let problem = Problem::InvalidItem { field: Field::Addresses, rule, position: 2 };
        assert_eq!(parsed("ada@example.com bob"), Err(problem));
        assert_eq!(parsed(" ,; "), Err(Problem::invalid(Field::Addresses, Rule::Required)));
    }

    #[test]
    fn many_are_too_many() {
        let many: String = (0..=INVITES_AT_ONCE_MAX).map(|n| format!("a{n}@example.com ")).collect();
        let rule = Rule::TooManyItems { items_max: INVITES_AT_ONCE_MAX };
        assert_eq!(parsed(&many), Err(Problem::invalid(Field::Addresses, rule)));
    }
}
