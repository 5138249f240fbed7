//! Another address for an account: it counts once it confirms.

use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::Tx,
    links::{self, NewLink, Purpose},
    mail::letters::{self, Seen},
    passwords, people,
    secrets::{self, Token},
    sessions::Current,
    throttle::{self, MAIL_FROM, MAIL_TO, network},
};
use conifer_domain::{EmailAddress, Field, Problem, Rule, ids::UserId};

/// Mails a link to the new address and a notice to the old one. That an address is taken is not told:
/// its owner gets a mail instead.
pub async fn request_email_change(
    services: &Services,
    origin: &Origin,
    current: &Current,
    new_email: &str,
    current_password: &str,
) -> Result<()> {
    let new_email = EmailAddress::parse(new_email)?;
    if new_email.key() == EmailAddress::parse(&current.account.email)?.key() {
        return Err(Problem::invalid(Field::Email, Rule::Unchanged).into());
    }
    passwords::check_current(services, current, current_password).await?;
    let keys = vec![MAIL_FROM.key(&network(origin.address)), MAIL_TO.key(&new_email.key())];
    let _counted = throttle::begin(services, keys).await?;
    let token = Token::new()?;
    let trail = Trail::of(services, origin, Actor::User(current.acting()?));
    let seen = Seen::new(origin, trail.at_ms);
    let link = NewLink {
        purpose: Purpose::EmailChange,
        token_hash: token.hash(),
        user_id: Some(current.acting()?),
        email: Some(new_email.to_string()),
        now_ms: trail.at_ms,
    };
    services.db().write((link, trail), |tx, (link, trail)| Box::pin(replace(tx, link, trail))).await?;
    let letters = Letters { current: current.clone(), new_email, token, seen };
    services.background().start(letters.post(services.clone()))
}

/// The account waits for one address at a time.
async fn replace(tx: &mut Tx, link: &NewLink, trail: &Trail) -> Result<()> {
    let id = link.user_id.ok_or(Problem::SignedOut)?;
    people::lock(tx, id).await?.ok_or(Problem::SignedOut)?;
    links::delete(tx, Purpose::EmailChange, Some(id)).await?;
    links::insert(tx, link).await?;
    audit::record(tx, trail, Action::EmailChangeRequested, Subject::user(id)).await
}

struct Letters {
    current: Current,
    new_email: EmailAddress,
    token: Token,
    seen: Seen,
}

impl Letters {
    async fn post(self, services: Services) -> Result<()> {
        let mailer = services.mailer();
        let asked = letters::email_change_asked(self.new_email.as_str(), &self.seen);
        mailer.post(&self.current.account.email, asked).await?;
        let letter = match people::by_email(&services, &self.new_email).await? {
            // The link is never sent, so nobody can follow it.
            Some(_) => letters::email_change_taken(),
            None => letters::email_change(
                &self.current.account.name,
                Purpose::EmailChange.url(&services, &self.token),
            ),
        };
        mailer.post(self.new_email.as_str(), letter).await
    }
}

/// Kills the link; that there is none is as well.
pub async fn cancel_email_change(services: &Services, origin: &Origin, current: &Current) -> Result<()> {
    let id = current.acting()?;
    let data = (id, Trail::of(services, origin, Actor::User(id)));
    let cancel = services.db().write(data, |tx, (id, trail)| {
        Box::pin(async move {
            if links::delete(tx, Purpose::EmailChange, Some(*id)).await? > 0 {
                audit::record(tx, trail, Action::EmailChangeCancelled, Subject::user(*id)).await?;
            }
            Ok(())
        })
    });
    cancel.await
}

/// The new address.
pub async fn check_email_link(services: &Services, token: &str) -> Result<String> {
    let link = links::check(services, Purpose::EmailChange, token).await?;
    Ok(link.address()?.to_owned())
}

pub async fn confirm_email_change(services: &Services, origin: &Origin, token: &str) -> Result<()> {
    let link = links::check(services, Purpose::EmailChange, token).await?;
    let new_email = EmailAddress::parse(link.address()?)?;
    let id = link.user()?;
    let trail = Trail::of(services, origin, Actor::User(id));
    let seen = Seen::new(origin, trail.at_ms);
    let change = Change { id, new_email: new_email.clone(), token_hash: secrets::hash(token), trail };
    let old_email = services.db().write(change, |tx, change| Box::pin(apply(tx, change))).await?;
    services.tell(&old_email, letters::email_changed(new_email.as_str(), &seen)).await;
    Ok(())
}

struct Change {
    id: UserId,
    new_email: EmailAddress,
    token_hash: String,
    trail: Trail,
}

/// Tells the old address.
async fn apply(tx: &mut Tx, change: &Change) -> Result<String> {
    let id = change.id;
    let old_email = people::lock(tx, id).await?.ok_or(Problem::LinkDead)?;
    links::take(tx, Purpose::EmailChange, &change.token_hash, change.trail.at_ms).await?;
    sqlx::query(
        "UPDATE users SET email = $2, email_key = $3, email_verified_at = $4, confined_to = NULL WHERE id = $1",
    )
        .bind(id.to_string())
        .bind(change.new_email.as_str())
        .bind(change.new_email.key())
        .bind(change.trail.at_ms)
        .execute(&mut *tx)
        .await?;
    // Those went to the address that is no longer theirs.
    links::delete(tx, Purpose::PasswordReset, Some(id)).await?;
    audit::record(tx, &change.trail, Action::EmailChanged, Subject::user(id)).await?;
    Ok(old_email)
}
