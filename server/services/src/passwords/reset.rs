//! A new password from somebody who reads the account's mail.

use super::set;
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::Tx,
    links::{self, NewLink, Purpose},
    mail::letters::{self, Seen},
    people::{self, Person},
    secrets::{self, Token},
    sessions,
    throttle::{self, MAIL_FROM, MAIL_TO, network},
};
use conifer_domain::{EmailAddress, Field, Problem};

/// The same answer, as fast, whether the address is known or not.
pub async fn request_reset(services: &Services, origin: &Origin, email: &str) -> Result<()> {
    let email = EmailAddress::parse(email)?;
    let keys = vec![MAIL_FROM.key(&network(origin.address)), MAIL_TO.key(&email.key())];
    let _counted = throttle::begin(services, keys).await?;
    services.background().start(send(services.clone(), email))
}

/// Links mailed before stay in force: asking again must not kill what is on its way.
async fn send(services: Services, email: EmailAddress) -> Result<()> {
    let Some(person) = people::by_email(&services, &email).await? else {
        return Ok(());
    };
    let token = Token::new()?;
    let link = NewLink {
        purpose: Purpose::PasswordReset,
        token_hash: token.hash(),
        user_id: Some(person.id),
        email: Some(person.email.clone()),
        now_ms: services.clock().now_ms(),
    };
    services.db().write(link, |tx, link| Box::pin(links::insert(tx, link))).await?;
    let letter = letters::password_reset(Purpose::PasswordReset.url(&services, &token));
    services.mailer().post(&person.email, letter).await
}

pub async fn check_reset_link(services: &Services, token: &str) -> Result<()> {
    owner(services, token).await.map(|_| ())
}

/// Whose link it is. One mailed to an address the account left is dead.
async fn owner(services: &Services, token: &str) -> Result<Person> {
    let link = links::check(services, Purpose::PasswordReset, token).await?;
    let person = people::by_id(services, link.user()?).await?;
    let still_theirs = |person: &Person| Some(&person.email) == link.email.as_ref();
    Ok(person.filter(still_theirs).ok_or(Problem::LinkDead)?)
}

/// Ends all sessions, verifies the address and mails a notice.
pub async fn reset(services: &Services, origin: &Origin, token: &str, new_password: &str) -> Result<()> {
    let person = owner(services, token).await?;
    super::check(services, new_password, &[&person.name, &person.email], Field::NewPassword).await?;
    let hash = services.hasher().hash(new_password).await?;
    let trail = Trail::of(services, origin, Actor::User(person.id));
    let email = person.email.clone();
    let reset = Reset { person, hash, token_hash: secrets::hash(token), trail };
    services.db().write(reset, |tx, reset| Box::pin(apply(tx, reset))).await?;
    let seen = Seen::new(origin, services.clock().now_ms());
    services.tell(&email, letters::password_changed(&seen)).await;
    Ok(())
}

struct Reset {
    person: Person,
    hash: String,
    token_hash: String,
    trail: Trail,
}

async fn apply(tx: &mut Tx, reset: &Reset) -> Result<()> {
    let id = reset.person.id;
    // First the account's row, as all changes of it do, so that two never wait for each other.
    if !set(tx, id, &reset.hash, reset.person.credentials_version).await? {
        return Err(Problem::LinkDead.into());
    }
    links::take(tx, Purpose::PasswordReset, &reset.token_hash, reset.trail.at_ms).await?;
    // Whoever else has such a link, or waits to move the account to another address, may be the intruder.
    links::delete(tx, Purpose::PasswordReset, Some(id)).await?;
    links::delete(tx, Purpose::EmailChange, Some(id)).await?;
    people::claim(tx, id, &reset.trail).await?;
    // Who opened the mailed link reads that address.
    people::prove_address(tx, id, reset.trail.at_ms).await?;
    sessions::end_all(tx, id, None).await?;
    audit::record(tx, &reset.trail, Action::PasswordReset, Subject::user(id)).await
}
