//! The first factor.

use super::{HalfVerified, Verdict, Verified};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::{Changed, Tx},
    passwords::Match,
    people::{self, Person},
    throttle::{self, SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS, SIGN_IN_PAIR, Try, network},
};
use conifer_domain::{EmailAddress, Field, Problem, Rule};

/// `SignInFailed` for an unknown address as for a wrong password; `TooMany` when tries come too fast.
///
/// Both failures do the same work: count, look up, hash, note.
pub async fn with_password(
    services: &Services,
    origin: &Origin,
    email: &str,
    password: &str,
) -> Result<Verdict> {
    let email = EmailAddress::parse(email)?;
    if password.is_empty() {
        return Err(Problem::invalid(Field::Password, Rule::Required).into());
    }
    let counted = count(services, origin, &email).await?;
    let person = people::by_email(services, &email).await?;
    let hash = person.as_ref().map(|person| person.password_hash.as_str());
    let found = services.hasher().verify(password, hash).await?;
    let Some(person) = person.as_ref().filter(|_| found != Match::Wrong) else {
        note_failure(services, origin, person.as_ref()).await?;
        return Err(Problem::SignInFailed.into());
    };
    counted.remembering(&email.key(), origin.address).went_well(services).await?;
    if found == Match::Outdated {
        rehash(services, person, password).await?;
    }
    Ok(verdict(person))
}

async fn count(services: &Services, origin: &Origin, email: &EmailAddress) -> Result<Try> {
    let (account, network) = (email.key(), network(origin.address));
    let mut keys = vec![SIGN_IN_PAIR.key(&format!("{account}\n{network}")), SIGN_IN_ADDRESS.key(&network)];
    if !throttle::is_known(services, &account, origin.address).await? {
        keys.push(SIGN_IN_ACCOUNT.key(&account));
    }
    throttle::begin(services, keys).await
}

fn verdict(person: &Person) -> Verdict {
    let verified = Verified::new(person.id, person.credentials_version);
    match person.totp_secret {
        None => Verdict::SignedIn(verified),
        Some(_) => Verdict::SecondFactor(HalfVerified(verified)),
    }
}

async fn note_failure(services: &Services, origin: &Origin, person: Option<&Person>) -> Result<()> {
    // What was typed as an address is not kept: it may be a password in the wrong field.
    let subject = person.map_or_else(Subject::default, |person| Subject::user(person.id));
    let data = (Trail::of(services, origin, Actor::Nobody), subject);
    let note = services.db().write(data, |tx, (trail, subject)| {
        Box::pin(audit::record(tx, trail, Action::SignInFailed, subject.clone()))
    });
    note.await
}

/// Hashes as hashes are made now, while the password is at hand.
async fn rehash(services: &Services, person: &Person, password: &str) -> Result<()> {
    let new_hash = services.hasher().hash(password).await?;
    let data = (person.clone(), new_hash);
    services.db().write(data, |tx, (person, hash)| Box::pin(replace(tx, person, hash))).await?;
    Ok(())
}

async fn replace(tx: &mut Tx, person: &Person, hash: &str) -> Result<bool> {
    let replaced = sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash = $3")
        .bind(person.id.to_string())
        .bind(hash)
        .bind(&person.password_hash)
        .execute(tx)
        .await?;
    Ok(replaced.changed())
}
