//! The second factor.

use super::{HalfVerified, Verified};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    mail::letters::{self, Seen},
    people::{self, Person},
    throttle::{self, SECOND_FACTOR},
    two_factor::{self, Code},
};
use conifer_domain::Problem;

/// Takes six digits of the app or a recovery code; `CodeWrong`, `TooMany`.
pub async fn with_code(
    services: &Services,
    origin: &Origin,
    HalfVerified(half): HalfVerified,
    code: &str,
) -> Result<Verified> {
    let person = people::by_id(services, half.user_id).await?;
    let person = person.filter(|person| person.credentials_version == half.credentials_version);
    let person = person.ok_or(Problem::SignInFailed)?;
    // Turned off since the password was right.
    let Some(secret) = &person.totp_secret else {
        return Ok(half);
    };
    let counted = throttle::begin(services, vec![SECOND_FACTOR.key(&person.id.to_string())]).await?;
    let right = match Code::read(code) {
        Code::App(digits) => two_factor::use_digits(services, person.id, secret, &digits).await?,
        Code::Recovery(code) => use_recovery_code(services, origin, &person, &code).await?,
    };
    if !right {
        note_failure(services, origin, &person).await?;
        return Err(Problem::CodeWrong.into());
    }
    counted.went_well(services).await?;
    Ok(half)
}

async fn use_recovery_code(
    services: &Services,
    origin: &Origin,
    person: &Person,
    code: &str,
) -> Result<bool> {
    let trail = Trail::of(services, origin, Actor::User(person.id));
    let seen = Seen::new(origin, trail.at_ms);
    let Some(left) = two_factor::use_recovery_code(services, trail, person.id, code).await? else {
        return Ok(false);
    };
    services.tell(&person.email, letters::recovery_code_used(left, &seen)).await;
    Ok(true)
}

async fn note_failure(services: &Services, origin: &Origin, person: &Person) -> Result<()> {
    let data = (Trail::of(services, origin, Actor::Nobody), Subject::user(person.id));
    let note = services.db().write(data, |tx, (trail, subject)| {
        Box::pin(audit::record(tx, trail, Action::SecondFactorFailed, subject.clone()))
    });
    note.await
}
