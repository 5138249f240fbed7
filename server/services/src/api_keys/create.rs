//! Making keys: by an owner, or by the command line.

use super::{
    check::{check_rights, parse_name},
    row::next_revision,
    secret::Secret,
};
use crate::{
    Error, Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    authorize::{Author, Done, Granted, Principal},
    db::{Changed, Tx, count, new_id},
};
use conifer_domain::{
    Field, Name, Problem, Rule,
    api_keys::{KeyRights, KeyRole},
    ids::{ApiKeyId, OrganizationId, ProjectId},
    limits::KEYS_MAX,
    permissions::may,
};
use secrecy::SecretString;
use serde_json::{Value, json};

/// A key whose secret is told this once.
#[derive(Debug)]
pub struct NewKey {
    pub id: ApiKeyId,
    pub secret: SecretString,
}

/// A key as its row will have it.
struct New {
    id: ApiKeyId,
    name: Name,
    rights: KeyRights,
    prefix: String,
    hash: String,
}

/// Where it belongs, and who makes it when.
struct Maker {
    organization_id: OrganizationId,
    project_id: ProjectId,
    author: Option<Author>,
    at_ms: i64,
}

impl New {
    fn of(name: &str, rights: KeyRights, secret: &Secret) -> Result<Self> {
        let (prefix, hash) = (secret.prefix.clone(), secret.hash());
        Ok(Self { id: new_id(), name: parse_name(name)?, rights, prefix, hash })
    }

    fn details(&self) -> Value {
        json!({ "name": self.name.as_str(), "after": self.rights })
    }

    async fn insert(&self, tx: &mut Tx, maker: &Maker) -> Result<bool> {
        let inserted = sqlx::query(
            "INSERT INTO api_keys (id, project_id, organization_id, name, name_key, prefix, secret_hash, roles, scope,
                 requests_per_s, bytes_per_s, created_by, created_by_account, created_at, expires_at, revision)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
             ON CONFLICT (project_id, name_key) WHERE revoked_at IS NULL DO NOTHING",
        )
        .bind(self.id.to_string())
        .bind(maker.project_id.to_string())
        .bind(maker.organization_id.to_string())
        .bind(self.name.as_str())
        .bind(self.name.key())
        .bind(&self.prefix)
        .bind(&self.hash)
        .bind(serde_json::to_string(&self.rights.roles).map_err(Error::internal)?)
        .bind(serde_json::to_string(&self.rights.scope).map_err(Error::internal)?)
        .bind(self.rights.limits.requests_per_s.map(i64::from))
        .bind(self.rights.limits.bytes_per_s.and_then(|rate| i64::try_from(rate).ok()))
        .bind(maker.author.and_then(Author::person_text))
        .bind(maker.author.and_then(Author::account_text))
        .bind(maker.at_ms)
        .bind(self.rights.expires_at_ms)
        .bind(next_revision(tx).await?)
        .execute(tx)
        .await?;
        Ok(inserted.changed())
    }
}

pub async fn create(
    services: &Services,
    origin: &Origin,
    who: &impl Principal,
    project_id: ProjectId,
    name: &str,
    rights: KeyRights,
) -> Result<NewKey> {
    check_rights(&rights, services.clock().now_ms())?;
    let secret = Secret::new()?;
    let new = New::of(name, rights, &secret)?;
    let id = new.id;
    services
        .change(origin, who, project_id, new, |tx, granted, new| Box::pin(make(tx, granted, new)))
        .await?;
    services.keys().changed(services.db()).await;
    Ok(NewKey { id, secret: secret.into_text() })
}

async fn make(tx: &mut Tx, granted: &Granted<may::CreateApiKeys>, new: &New) -> Result<Done<()>> {
    let so_far = "SELECT COUNT(*) FROM api_keys WHERE project_id = $1 AND revoked_at IS NULL";
    let (so_far,): (i64,) = sqlx::query_as(so_far).bind(granted.of().to_string()).fetch_one(&mut *tx).await?;
    if count(so_far) >= KEYS_MAX as u64 {
        return Err(Problem::KeysFull { keys_max: KEYS_MAX }.into());
    }
    let maker = Maker {
        organization_id: granted.organization_id(),
        project_id: granted.of(),
        author: Some(granted.author()?),
        at_ms: granted.at_ms(),
    };
    if !new.insert(tx, &maker).await? {
        return Err(Problem::invalid(Field::KeyName, Rule::Taken).into());
    }
    Ok(Done::noted((), Action::ApiKeyCreated, granted.subject().to(new.id).with(new.details())))
}

/// For the command line: a project editor's key without an end. None when the project has a key of this name
/// already, whose secret nobody can tell again.
pub async fn bootstrap(
    services: &Services,
    organization_id: OrganizationId,
    project_id: ProjectId,
    name: &str,
) -> Result<Option<NewKey>> {
    let secret = Secret::new()?;
    let rights = KeyRights {
        roles: [KeyRole::ProjectEditor].into(),
        scope: Default::default(),
        limits: Default::default(),
        expires_at_ms: None,
    };
    let new = New::of(name, rights, &secret)?;
    let id = new.id;
    let at_ms = services.clock().now_ms();
    let maker = Maker { organization_id, project_id, author: None, at_ms };
    let made =
        services.db().write((new, maker), |tx, (new, maker)| Box::pin(make_by_command(tx, new, maker)));
    Ok(made.await?.then(|| NewKey { id, secret: secret.into_text() }))
}

async fn make_by_command(tx: &mut Tx, new: &New, maker: &Maker) -> Result<bool> {
    if !new.insert(tx, maker).await? {
        return Ok(false);
    }
    let trail = Trail { actor: Actor::CommandLine, at_ms: maker.at_ms, origin: None };
    let subject = Subject {
        organization_id: Some(maker.organization_id),
        project_id: Some(maker.project_id),
        target: Some(new.id.to_string()),
        details: new.details(),
    };
    audit::record(tx, &trail, Action::ApiKeyCreated, subject).await?;
    Ok(true)
}
