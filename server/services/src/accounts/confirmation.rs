//! Proving that an address is its account's own.

use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::Tx,
    links::{self, NewLink, Purpose},
    mail::letters,
    people,
    secrets::{self, Token},
    sessions::Current,
    throttle::{self, MAIL_FROM, MAIL_TO, network},
};
use conifer_domain::{EmailAddress, Problem, ids::UserId};

/// Mails a link to the account's own address.
pub async fn request_confirmation(services: &Services, origin: &Origin, current: &Current) -> Result<()> {
    let email = EmailAddress::parse(&current.account.email)?;
    let keys = vec![MAIL_FROM.key(&network(origin.address)), MAIL_TO.key(&email.key())];
    let _counted = throttle::begin(services, keys).await?;
    let token = Token::new()?;
    let trail = Trail::of(services, origin, Actor::User(current.acting()?));
    let link = NewLink {
        purpose: Purpose::AddressConfirmation,
        token_hash: token.hash(),
        user_id: Some(current.acting()?),
        email: Some(email.to_string()),
        now_ms: trail.at_ms,
    };
    let data = (link, Subject::user(current.acting()?), trail);
    let insert = services.db().write(data, |tx, (link, subject, trail)| {
        Box::pin(async move {
            links::insert(tx, link).await?;
            audit::record(tx, trail, Action::AddressConfirmationRequested, subject.clone()).await
        })
    });
    insert.await?;
    let url = Purpose::AddressConfirmation.url(services, &token);
    services.mailer().post(email.as_str(), letters::address_confirmation(&current.account.name, url)).await
}

/// Only by who is signed in to that account: the owner of an address must not prove it for somebody else who
/// made an account with it.
pub async fn confirm_address(
    services: &Services,
    origin: &Origin,
    current: &Current,
    token: &str,
) -> Result<()> {
    let id = current.acting()?;
    let data = (id, secrets::hash(token), Trail::of(services, origin, Actor::User(id)));
    let confirm =
        services.db().write(data, |tx, (id, token_hash, trail)| Box::pin(apply(tx, *id, token_hash, trail)));
    confirm.await
}

async fn apply(tx: &mut Tx, id: UserId, token_hash: &str, trail: &Trail) -> Result<()> {
    let email = people::lock(tx, id).await?.ok_or(Problem::SignedOut)?;
    let link = links::take(tx, Purpose::AddressConfirmation, token_hash, trail.at_ms).await?;
    if link.user()? != id || link.address()? != email {
        return Err(Problem::LinkDead.into());
    }
    people::prove_address(tx, id, trail.at_ms).await?;
    audit::record(tx, trail, Action::AddressConfirmed, Subject::user(id)).await
}
