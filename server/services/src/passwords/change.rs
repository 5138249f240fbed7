//! A new password from somebody who knows the old one.

use super::{Match, set};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::Tx,
    links::{self, Purpose},
    mail::letters::{self, Seen},
    people::{self, Person},
    sessions::{self, Current},
    throttle::{self, CURRENT_PASSWORD},
};
use conifer_domain::{
    Field, Problem, Rule,
    ids::{SessionId, UserId},
};

/// Ends all other sessions and mails a notice.
pub async fn change(
    services: &Services,
    origin: &Origin,
    current: &Current,
    current_password: &str,
    new_password: &str,
) -> Result<()> {
    let person = check_current(services, current, current_password).await?;
    if new_password == current_password {
        return Err(Problem::invalid(Field::NewPassword, Rule::Unchanged).into());
    }
    super::check(services, new_password, &[&person.name, &person.email], Field::NewPassword).await?;
    let change = Change {
        id: person.id,
        hash: services.hasher().hash(new_password).await?,
        version: person.credentials_version,
        kept: current.session_id,
        trail: Trail::of(services, origin, Actor::User(person.id)),
    };
    services.db().write(change, |tx, change| Box::pin(apply(tx, change))).await?;
    let seen = Seen::new(origin, services.clock().now_ms());
    services.tell(&person.email, letters::password_changed(&seen)).await;
    Ok(())
}

struct Change {
    id: UserId,
    hash: String,
    version: i64,
    kept: SessionId,
    trail: Trail,
}

async fn apply(tx: &mut Tx, change: &Change) -> Result<()> {
    if !set(tx, change.id, &change.hash, change.version).await? {
        return Err(Problem::Conflict.into());
    }
    sessions::end_all(tx, change.id, Some(change.kept)).await?;
    // Whoever changes a password may do so because somebody else knew it: nothing begun before goes on.
    links::delete(tx, Purpose::PasswordReset, Some(change.id)).await?;
    links::delete(tx, Purpose::EmailChange, Some(change.id)).await?;
    audit::record(tx, &change.trail, Action::PasswordChanged, Subject::user(change.id)).await
}

/// Asks somebody who is signed in for the password again: `Invalid` at the current password, `TooMany`.
pub(crate) async fn check_current(services: &Services, current: &Current, password: &str) -> Result<Person> {
    if password.is_empty() {
        return Err(Problem::invalid(Field::CurrentPassword, Rule::Required).into());
    }
    let counted =
        throttle::begin(services, vec![CURRENT_PASSWORD.key(&current.acting()?.to_string())]).await?;
    let person = people::by_id(services, current.acting()?).await?.ok_or(Problem::SignedOut)?;
    if services.hasher().verify(password, Some(&person.password_hash)).await? == Match::Wrong {
        return Err(Problem::invalid(Field::CurrentPassword, Rule::Wrong).into());
    }
    counted.went_well(services).await?;
    Ok(person)
}
