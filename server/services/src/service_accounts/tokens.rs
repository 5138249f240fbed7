//! Tokens: what an account gets for its secret, and shows with each request. Each request looks its token up in the
//! database, so one that ended has ended on every server.

use super::{access::ServiceAccess, secret::is_that_of};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::{Tx, parse},
    secrets::{self, Token},
    throttle::{self, TOKENS_FROM, TOKENS_OF},
};
use conifer_domain::{
    Problem,
    api_keys::KeyRefusal,
    ids::{OrganizationId, ServiceAccountId},
    limits::{ACCESS_TOKEN_AGE_MAX_MS, ACCESS_TOKENS_MAX, MINUTE_MS},
};
use secrecy::SecretString;
use std::sync::Arc;

/// Told once.
#[derive(Debug)]
pub struct AccessToken {
    pub text: SecretString,
    pub lives_ms: i64,
}

#[derive(sqlx::FromRow)]
struct Client {
    id: String,
    organization_id: String,
    name: String,
    secret_hash: String,
    disabled_at: Option<i64>,
}

/// `ClientRefused` alike for an unknown id, a wrong secret and a disabled account; `TooMany` when tried too often.
pub async fn issue(
    services: &Services,
    origin: &Origin,
    client_id: &str,
    client_secret: &str,
) -> Result<AccessToken> {
    let keys = vec![TOKENS_OF.key(client_id), TOKENS_FROM.key(&throttle::network(origin.address))];
    let counted = throttle::begin(services, keys).await?;
    let client: Option<Client> = sqlx::query_as(
        "SELECT id, organization_id, name, secret_hash, disabled_at FROM service_accounts WHERE client_id = $1",
    )
    .bind(client_id.replace('\0', " ")) // PostgreSQL takes no text that has it.
    .fetch_optional(services.db().pool())
    .await?;
    let is_right = is_that_of(client_secret, client.as_ref().map(|client| client.secret_hash.as_str()));
    let Some(client) = client else { return Err(Problem::ClientRefused.into()) };
    if !is_right || client.disabled_at.is_some() {
        note(services, origin, client, None).await?;
        return Err(Problem::ClientRefused.into());
    }
    let token = Token::new()?;
    note(services, origin, client, Some(token.hash())).await?;
    counted.went_well(services).await?;
    Ok(AccessToken { text: token.expose().to_owned().into(), lives_ms: ACCESS_TOKEN_AGE_MAX_MS })
}

/// Keeps the new token, if it got one, and tells the log either way.
async fn note(
    services: &Services,
    origin: &Origin,
    client: Client,
    token_hash: Option<String>,
) -> Result<()> {
    let id: ServiceAccountId = parse(&client.id)?;
    let trail = Trail::of(services, origin, Actor::ServiceAccount(id));
    let subject = Subject { organization_id: Some(parse(&client.organization_id)?), ..Subject::default() };
    let subject = subject.to(id).with(serde_json::json!({ "name": client.name }));
    let data = (id, client.secret_hash, token_hash, trail, subject);
    let write = services.db().write(data, |tx, (id, secret_hash, token_hash, trail, subject)| {
        Box::pin(async move {
            let action = match token_hash {
                Some(hash) => {
                    insert(tx, *id, secret_hash, hash, trail).await?;
                    Action::ServiceAccountTokenIssued
                }
                None => Action::ServiceAccountRefused,
            };
            audit::record(tx, trail, action, subject.clone()).await
        })
    });
    write.await
}

/// `ClientRefused` when the account was disabled or got another secret meanwhile.
async fn insert(
    tx: &mut Tx,
    id: ServiceAccountId,
    secret_hash: &str,
    hash: &str,
    trail: &Trail,
) -> Result<()> {
    let address = trail.origin.as_ref().map(|origin| origin.address.to_string());
    let used: Option<(String,)> = sqlx::query_as(
        "UPDATE service_accounts SET last_used_at = $3, last_used_address = $4
         WHERE id = $1 AND secret_hash = $2 AND disabled_at IS NULL RETURNING id",
    )
    .bind(id.to_string())
    .bind(secret_hash)
    .bind(trail.at_ms)
    .bind(address)
    .fetch_optional(&mut *tx)
    .await?;
    used.ok_or(Problem::ClientRefused)?;
    sqlx::query(
        "INSERT INTO service_account_tokens (token_hash, service_account_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4)",
    )
    .bind(hash)
    .bind(id.to_string())
    .bind(trail.at_ms)
    .bind(trail.at_ms + ACCESS_TOKEN_AGE_MAX_MS)
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "DELETE FROM service_account_tokens WHERE service_account_id = $1 AND created_at <= (
             SELECT created_at FROM service_account_tokens WHERE service_account_id = $1
             ORDER BY created_at DESC LIMIT 1 OFFSET $2)",
    )
    .bind(id.to_string())
    .bind(ACCESS_TOKENS_MAX)
    .execute(tx)
    .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Bearer {
    id: String,
    organization_id: String,
    last_used_at: Option<i64>,
    expires_at: i64,
}

/// Whose token it is. `TokenRefused` when it does not count: the log says why, the program is told one thing.
pub async fn authenticate(services: &Services, token: &str, origin: &Origin) -> Result<Arc<ServiceAccess>> {
    let now_ms = services.clock().now_ms();
    let row: Option<Bearer> = sqlx::query_as(
        "SELECT s.id, s.organization_id, s.last_used_at, t.expires_at
         FROM service_account_tokens t JOIN service_accounts s ON s.id = t.service_account_id
         WHERE t.token_hash = $1 AND s.disabled_at IS NULL",
    )
    .bind(secrets::hash(token))
    .fetch_optional(services.db().pool())
    .await?;
    let refused = |why: KeyRefusal| {
        tracing::info!(why = why.as_str(), address = %origin.address, "a token was refused");
        Problem::TokenRefused { why }
    };
    let bearer = row.ok_or_else(|| refused(KeyRefusal::Unknown))?;
    if bearer.expires_at <= now_ms {
        return Err(refused(KeyRefusal::Expired).into());
    }
    let (id, organization_id): (ServiceAccountId, OrganizationId) =
        (parse(&bearer.id)?, parse(&bearer.organization_id)?);
    if bearer.last_used_at.is_none_or(|at_ms| at_ms + MINUTE_MS <= now_ms) {
        note_use(services, id, origin, now_ms).await?;
    }
    let (limits, meter) = (services.settings().key_limits, services.meters().of(id));
    let token_hash = secrets::hash(token);
    Ok(Arc::new(ServiceAccess { id, organization_id, token_hash, limits, meter }))
}

/// Whether its token counts still; what ends it waits for the lock that is held.
pub(crate) async fn check_locked(tx: &mut Tx, account: &ServiceAccess, now_ms: i64) -> Result<()> {
    let row: Option<(String,)> = sqlx::query_as(
        "SELECT token_hash FROM service_account_tokens WHERE token_hash = $1 AND expires_at > $2",
    )
    .bind(&account.token_hash)
    .bind(now_ms)
    .fetch_optional(tx)
    .await?;
    row.map(|_| ()).ok_or(Problem::TokenRefused { why: KeyRefusal::Revoked }.into())
}

/// Once a minute is enough for people to see.
async fn note_use(services: &Services, id: ServiceAccountId, origin: &Origin, now_ms: i64) -> Result<()> {
    let data = (id, now_ms, origin.address.to_string());
    let note = services.db().write(data, |tx, (id, now_ms, address)| {
        Box::pin(async move {
            let sql = "UPDATE service_accounts SET last_used_at = $2, last_used_address = $3 WHERE id = $1";
            sqlx::query(sql).bind(id.to_string()).bind(*now_ms).bind(address).execute(tx).await?;
            Ok(())
        })
    });
    note.await
}

pub(super) async fn end_all_of(tx: &mut Tx, id: ServiceAccountId) -> Result<()> {
    let end = "DELETE FROM service_account_tokens WHERE service_account_id = $1";
    sqlx::query(end).bind(id.to_string()).execute(tx).await?;
    Ok(())
}

pub(crate) async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    let end = "DELETE FROM service_account_tokens WHERE expires_at <= $1";
    sqlx::query(end).bind(now_ms).execute(tx).await?;
    Ok(())
}
