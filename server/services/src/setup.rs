//! The first owner: by a link printed at the first start, or by the command line.

use crate::{
    Error, Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::{Changed, Tx, parse},
    founding::NewAccount,
    links::{self, NewLink, Purpose},
    secrets::{self, Token},
    sign_in::Verified,
};
use conifer_domain::{
    EmailAddress, Field, Name, Problem,
    ids::{OrganizationId, ProjectId, UserId},
};

/// What the first owner types.
#[derive(Clone)]
pub struct Founding {
    pub name: String,
    pub email: String,
    pub password: String,
    pub organization_name: String,
    pub project_name: String,
}

/// A new account with its organization and project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Founded {
    pub user_id: UserId,
    pub organization_id: OrganizationId,
    pub project_id: ProjectId,
}

impl Founded {
    /// Who just chose a password needs not type it again.
    pub fn verified(&self) -> Verified {
        Verified::new(self.user_id, 0)
    }
}

pub async fn is_founded(services: &Services) -> Result<bool> {
    Ok(founded(services).await?.is_some())
}

/// A fresh `{public_url}/setup?token=…`, the only one in force; none once there is an owner.
pub async fn new_link(services: &Services) -> Result<Option<String>> {
    let token = Token::new()?;
    let link = NewLink {
        purpose: Purpose::SetUp,
        token_hash: token.hash(),
        user_id: None,
        email: None,
        now_ms: services.clock().now_ms(),
    };
    let made = services.db().write(link, |tx, link| Box::pin(replace_link(tx, link))).await?;
    Ok(made.then(|| Purpose::SetUp.url(services, &token)))
}

async fn replace_link(tx: &mut Tx, link: &NewLink) -> Result<bool> {
    let open = "UPDATE installation SET id = id WHERE id = 1 AND founded_at IS NULL";
    if !sqlx::query(open).execute(&mut *tx).await?.changed() {
        return Ok(false);
    }
    links::delete(tx, Purpose::SetUp, None).await?;
    links::insert(tx, link).await?;
    Ok(true)
}

pub async fn check_link(services: &Services, token: &str) -> Result<()> {
    links::check(services, Purpose::SetUp, token).await.map(|_| ())
}

/// One wins; for the rest the link is dead.
pub async fn found(services: &Services, origin: &Origin, token: &str, founding: Founding) -> Result<Founded> {
    check_link(services, token).await?;
    let account = NewAccount::check(services, &founding).await?;
    let ids = account.ids;
    let trail = Trail::of(services, origin, Actor::User(ids.user_id));
    let data = (account, secrets::hash(token), trail);
    let found = services.db().write(data, |tx, (account, token_hash, trail)| {
        Box::pin(async move {
            claim(tx, account, trail).await?;
            links::take(tx, Purpose::SetUp, token_hash, trail.at_ms).await?;
            links::delete(tx, Purpose::SetUp, None).await?;
            Ok(())
        })
    });
    found.await?;
    Ok(ids)
}

/// Idempotent: the same e-mail, organization and project give the same ids; others are refused with
/// [`Error::Operator`].
pub async fn bootstrap(services: &Services, founding: Founding) -> Result<Founded> {
    if let Some(before) = founded(services).await? {
        return before.check_same(&founding);
    }
    let account = NewAccount::check(services, &founding).await?;
    let ids = account.ids;
    let trail = Trail { actor: Actor::CommandLine, at_ms: services.clock().now_ms(), origin: None };
    let found = services.db().write((account, trail), |tx, (account, trail)| {
        Box::pin(async move {
            claim(tx, account, trail).await?;
            links::delete(tx, Purpose::SetUp, None).await?;
            Ok(())
        })
    });
    match found.await {
        Ok(()) => Ok(ids),
        // Somebody else was faster: what they made may be what is asked for.
        Err(Error::Problem(Problem::LinkDead)) => {
            founded(services).await?.ok_or(Problem::Conflict)?.check_same(&founding)
        }
        Err(error) => Err(error),
    }
}

/// Makes the account the first owner's, if there is none yet: the race that one update wins.
async fn claim(tx: &mut Tx, account: &NewAccount, trail: &Trail) -> Result<()> {
    let ids = account.ids;
    let won = sqlx::query(
        "UPDATE installation SET founded_at = $1, user_id = $2, organization_id = $3, project_id = $4
         WHERE id = 1 AND founded_at IS NULL",
    )
    .bind(trail.at_ms)
    .bind(ids.user_id.to_string())
    .bind(ids.organization_id.to_string())
    .bind(ids.project_id.to_string())
    .execute(&mut *tx)
    .await?;
    if !won.changed() {
        return Err(Problem::LinkDead.into());
    }
    account.insert(tx, trail.at_ms, None).await?;
    let subject = Subject {
        organization_id: Some(ids.organization_id),
        project_id: Some(ids.project_id),
        ..Subject::user(ids.user_id)
    };
    audit::record(tx, trail, Action::Founded, subject).await
}

/// What was founded, as it is called now.
#[derive(sqlx::FromRow)]
struct Before {
    user_id: String,
    organization_id: String,
    project_id: String,
    email_key: Option<String>,
    organization_name: Option<String>,
    project_name: Option<String>,
}

async fn founded(services: &Services) -> Result<Option<Before>> {
    let before = sqlx::query_as(
        "SELECT i.user_id, i.organization_id, i.project_id,
                u.email_key, o.name AS organization_name, p.name AS project_name
         FROM installation i
         LEFT JOIN users u ON u.id = i.user_id
         LEFT JOIN organizations o ON o.id = i.organization_id
         LEFT JOIN projects p ON p.id = i.project_id
         WHERE i.founded_at IS NOT NULL",
    );
    Ok(before.fetch_optional(services.db().pool()).await?)
}

impl Before {
    fn check_same(self, founding: &Founding) -> Result<Founded> {
        let email = EmailAddress::parse(&founding.email)?.key();
        let organization = Name::parse(&founding.organization_name, Field::OrganizationName)?;
        let project = Name::parse(&founding.project_name, Field::ProjectName)?;
        let asked = [Some(email.as_str()), Some(organization.as_str()), Some(project.as_str())];
        let found = [&self.email_key, &self.organization_name, &self.project_name];
        if found.map(Option::as_deref) != asked {
            let text = "These data have a first owner already, with another e-mail, organization or project. \
                        Give the same ones, or another data directory.";
            return Err(Error::Operator(text.into()));
        }
        Ok(Founded {
            user_id: parse(&self.user_id)?,
            organization_id: parse(&self.organization_id)?,
            project_id: parse(&self.project_id)?,
        })
    }
}
