//! Making service accounts: by an owner, or by the command line.

use super::{
    roles::enter,
    secret::{Secret, client_id},
};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    authorize::{Author, Done, Granted, Principal},
    db::{Changed, Tx, count, new_id},
};
use conifer_domain::{
    Field, Name, Problem, Rule,
    ids::{OrganizationId, ProjectId, ServiceAccountId},
    limits::{SERVICE_ACCOUNT_NAME_LENGTH_MAX_CHARS, SERVICE_ACCOUNTS_MAX},
    organizations::OrganizationRole,
    permissions::may,
    projects::ProjectRole,
    service_accounts::ServiceRoles,
};
use secrecy::SecretString;
use serde_json::{Value, json};

/// One whose secret is told this once.
#[derive(Debug)]
pub struct NewServiceAccount {
    pub id: ServiceAccountId,
    pub client_id: String,
    pub secret: SecretString,
}

/// One as its row will have it.
struct New {
    id: ServiceAccountId,
    name: Name,
    client_id: String,
    hash: String,
    roles: ServiceRoles,
}

/// Before anything is begun that ends with making one.
pub fn check_name(text: &str) -> Result<()> {
    parse_name(text).map(|_| ())
}

pub(super) fn parse_name(text: &str) -> Result<Name> {
    let field = Field::ServiceAccountName;
    Ok(Name::parse_within(text, field, SERVICE_ACCOUNT_NAME_LENGTH_MAX_CHARS)?)
}

impl New {
    fn of(name: &str, roles: ServiceRoles, secret: &Secret) -> Result<Self> {
        let name = parse_name(name)?;
        Ok(Self { id: new_id(), name, client_id: client_id()?, hash: secret.hash(), roles })
    }

    fn told(&self, secret: Secret) -> NewServiceAccount {
        NewServiceAccount { id: self.id, client_id: self.client_id.clone(), secret: secret.into_text() }
    }

    fn details(&self) -> Value {
        json!({ "name": self.name.as_str(), "roles": self.roles })
    }

    /// False when the organization has one of this name.
    async fn insert(&self, tx: &mut Tx, of: OrganizationId, by: Option<Author>, at_ms: i64) -> Result<bool> {
        let inserted = sqlx::query(
            "INSERT INTO service_accounts (id, organization_id, name, name_key, client_id, secret_hash, role,
                 created_by, created_by_account, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
             ON CONFLICT (organization_id, name_key) WHERE deleted_at IS NULL DO NOTHING",
        )
        .bind(self.id.to_string())
        .bind(of.to_string())
        .bind(self.name.as_str())
        .bind(self.name.key())
        .bind(&self.client_id)
        .bind(&self.hash)
        .bind(self.roles.organization.map(OrganizationRole::as_str))
        .bind(by.and_then(Author::person_text))
        .bind(by.and_then(Author::account_text))
        .bind(at_ms)
        .execute(&mut *tx)
        .await?;
        if !inserted.changed() {
            return Ok(false);
        }
        for (project_id, role) in &self.roles.projects {
            enter(tx, self.id, *project_id, of, *role, at_ms).await?;
        }
        Ok(true)
    }
}

pub async fn create(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    of: OrganizationId,
    name: &str,
    roles: ServiceRoles,
) -> Result<NewServiceAccount> {
    let secret = Secret::new()?;
    let new = New::of(name, roles, &secret)?;
    let told = new.told(secret);
    services.change(origin, who, of, new, |tx, granted, new| Box::pin(make(tx, granted, new))).await?;
    Ok(told)
}

async fn make(tx: &mut Tx, granted: &Granted<may::CreateServiceAccounts>, new: &New) -> Result<Done<()>> {
    let so_far = "SELECT COUNT(*) FROM service_accounts WHERE organization_id = $1 AND deleted_at IS NULL";
    let (so_far,): (i64,) = sqlx::query_as(so_far).bind(granted.of().to_string()).fetch_one(&mut *tx).await?;
    if count(so_far) >= SERVICE_ACCOUNTS_MAX as u64 {
        return Err(Problem::ServiceAccountsFull { accounts_max: SERVICE_ACCOUNTS_MAX }.into());
    }
    if !new.insert(tx, granted.of(), Some(granted.author()?), granted.at_ms()).await? {
        return Err(Problem::invalid(Field::ServiceAccountName, Rule::Taken).into());
    }
    let subject = granted.subject().to(new.id).with(new.details());
    Ok(Done::noted((), Action::ServiceAccountCreated, subject))
}

/// For the command line: an owner of the organization, and of the project that it begins with. None when there is
/// one of this name already, whose secret nobody can tell again.
pub async fn bootstrap(
    services: &Services,
    of: OrganizationId,
    project_id: ProjectId,
    name: &str,
) -> Result<Option<NewServiceAccount>> {
    let secret = Secret::new()?;
    let projects = vec![(project_id, ProjectRole::Owner)];
    let roles = ServiceRoles { organization: Some(OrganizationRole::Owner), projects };
    let new = New::of(name, roles, &secret)?;
    let told = new.told(secret);
    let data = (new, of, services.clock().now_ms());
    let made = services
        .db()
        .write(data, |tx, (new, of, at_ms)| Box::pin(make_by_command(tx, new, *of, *at_ms)))
        .await?;
    Ok(made.then_some(told))
}

async fn make_by_command(tx: &mut Tx, new: &New, of: OrganizationId, at_ms: i64) -> Result<bool> {
    if !new.insert(tx, of, None, at_ms).await? {
        return Ok(false);
    }
    let trail = Trail { actor: Actor::CommandLine, at_ms, origin: None };
    let subject = Subject { organization_id: Some(of), ..Subject::default() };
    let subject = subject.to(new.id).with(new.details());
    audit::record(tx, &trail, Action::ServiceAccountCreated, subject).await?;
    Ok(true)
}
