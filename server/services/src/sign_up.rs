//! Making an account without an invitation, where that is allowed.

use crate::{
    Origin, Result, Services, SignUp,
    audit::{self, Action, Actor, Subject, Trail},
    db::Tx,
    founding::NewAccount,
    links::{self, NewLink, Purpose},
    mail::letters,
    people,
    secrets::{self, Token},
    setup::{Founded, Founding},
    throttle::{self, MAIL_FROM, MAIL_TO, network},
};
use conifer_domain::{EmailAddress, Field, Problem, Rule};

/// Mails a link, or to a known address that it has an account already. The same answer, as fast.
pub async fn request(services: &Services, origin: &Origin, email: &str) -> Result<()> {
    check_open(services)?;
    let email = EmailAddress::parse(email)?;
    let keys = vec![MAIL_FROM.key(&network(origin.address)), MAIL_TO.key(&email.key())];
    let _counted = throttle::begin(services, keys).await?;
    let task = invite(services.clone(), email);
    services.background().start(task)
}

async fn invite(services: Services, email: EmailAddress) -> Result<()> {
    if let Some(person) = people::by_email(&services, &email).await? {
        let letter = letters::sign_up_known(format!("{}/sign-in", services.settings().public_url));
        return services.mailer().post(&person.email, letter).await;
    }
    let token = Token::new()?;
    let link = NewLink {
        purpose: Purpose::SignUp,
        token_hash: token.hash(),
        user_id: None,
        email: Some(email.to_string()),
        now_ms: services.clock().now_ms(),
    };
    services.db().write(link, |tx, link| Box::pin(links::insert(tx, link))).await?;
    let letter = letters::sign_up(Purpose::SignUp.url(&services, &token));
    services.mailer().post(email.as_str(), letter).await
}

/// The address the link was mailed to.
pub async fn check_link(services: &Services, token: &str) -> Result<String> {
    check_open(services)?;
    let link = links::check(services, Purpose::SignUp, token).await?;
    Ok(link.address()?.to_owned())
}

pub async fn complete(
    services: &Services,
    origin: &Origin,
    token: &str,
    name: &str,
    password: &str,
    organization_name: &str,
    project_name: &str,
) -> Result<Founded> {
    let founding = Founding {
        name: name.to_owned(),
        email: check_link(services, token).await?,
        password: password.to_owned(),
        organization_name: organization_name.to_owned(),
        project_name: project_name.to_owned(),
    };
    let account = NewAccount::check(services, &founding).await?;
    let ids = account.ids;
    let trail = Trail::of(services, origin, Actor::User(ids.user_id));
    let data = (account, secrets::hash(token), trail);
    let insert = services
        .db()
        .write(data, |tx, (account, token_hash, trail)| Box::pin(insert(tx, account, token_hash, trail)));
    match insert.await {
        Ok(()) => Ok(ids),
        // The address got an account since the link was mailed.
        Err(error) if error.problem() == Problem::invalid(Field::Email, Rule::Taken) => {
            Err(Problem::LinkDead.into())
        }
        Err(error) => Err(error),
    }
}

async fn insert(tx: &mut Tx, account: &NewAccount, token_hash: &str, trail: &Trail) -> Result<()> {
    links::take(tx, Purpose::SignUp, token_hash, trail.at_ms).await?;
    account.insert(tx, trail.at_ms, Some(trail.at_ms)).await?;
    let ids = account.ids;
    let subject = Subject {
        organization_id: Some(ids.organization_id),
        project_id: Some(ids.project_id),
        ..Subject::user(ids.user_id)
    };
    audit::record(tx, trail, Action::SignedUp, subject).await
}

fn check_open(services: &Services) -> Result<()> {
    match services.settings().sign_up {
        SignUp::Open => Ok(()),
        SignUp::Invited => Err(Problem::SignUpClosed.into()),
    }
}
