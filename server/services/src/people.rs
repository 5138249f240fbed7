//! A person's row, as sign-in and password changes need it.

use crate::{
    Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::{Tx, parse},
    links, sessions,
};
use conifer_domain::{
    EmailAddress, Name, Problem,
    ids::{OrganizationId, UserId},
    theme::Theme,
};
use sqlx::{Any, Executor};

#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    email: String,
    password_hash: String,
    credentials_version: i64,
    totp_secret: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) password_hash: String,
    pub(crate) credentials_version: i64,
    pub(crate) totp_secret: Option<String>,
}

impl Row {
    fn read(self) -> Result<Person> {
        Ok(Person {
            id: parse(&self.id)?,
            name: self.name,
            email: self.email,
            password_hash: self.password_hash,
            credentials_version: self.credentials_version,
            totp_secret: self.totp_secret,
        })
    }
}

pub(crate) async fn by_email(services: &Services, email: &EmailAddress) -> Result<Option<Person>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, email, password_hash, credentials_version, totp_secret
         FROM users WHERE email_key = $1",
    )
    .bind(email.key())
    .fetch_optional(services.db().pool())
    .await?;
    row.map(Row::read).transpose()
}

pub(crate) async fn by_id(services: &Services, id: UserId) -> Result<Option<Person>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, email, password_hash, credentials_version, totp_secret
         FROM users WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(services.db().pool())
    .await?;
    row.map(Row::read).transpose()
}

/// Locks the row until the transaction ends and tells the address; None for nobody.
pub(crate) async fn lock(tx: &mut Tx, id: UserId) -> Result<Option<String>> {
    let row: Option<(String,)> =
        sqlx::query_as("UPDATE users SET theme = theme WHERE id = $1 RETURNING email")
            .bind(id.to_string())
            .fetch_optional(tx)
            .await?;
    Ok(row.map(|(email,)| email))
}

/// The one organization an account counts in while its address is unproven.
pub(crate) async fn confinement(tx: &mut Tx, id: UserId) -> Result<Option<OrganizationId>> {
    let row: Option<(Option<String>,)> = sqlx::query_as("SELECT confined_to FROM users WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(tx)
        .await?;
    let (confined_to,) = row.ok_or(Problem::SignedOut)?;
    confined_to.as_deref().map(parse).transpose()
}

/// Who has an address.
pub(crate) struct Holder {
    pub(crate) id: UserId,
    pub(crate) confined_to: Option<OrganizationId>,
}

pub(crate) async fn holder<'e>(
    db: impl Executor<'e, Database = Any>,
    email: &EmailAddress,
) -> Result<Option<Holder>> {
    let row: Option<(String, Option<String>)> =
        sqlx::query_as("SELECT id, confined_to FROM users WHERE email_key = $1")
            .bind(email.key())
            .fetch_optional(db)
            .await?;
    let read = |(id, confined_to): (String, Option<String>)| {
        let confined_to = confined_to.as_deref().map(parse).transpose()?;
        Ok(Holder { id: parse(&id)?, confined_to })
    };
    row.map(read).transpose()
}

/// The address is the account's own: a link mailed to it was opened by who is signed in.
pub(crate) async fn prove_address(tx: &mut Tx, id: UserId, now_ms: i64) -> Result<()> {
    sqlx::query(
        "UPDATE users SET email_verified_at = COALESCE(email_verified_at, $2), confined_to = NULL
         WHERE id = $1",
    )
    .bind(id.to_string())
    .bind(now_ms)
    .execute(tx)
    .await?;
    Ok(())
}

/// Frees an account for the reader of its address's mail, if nobody proved that address before: whoever made
/// it may be somebody else, so their second factor is gone. The password and the sessions are the caller's.
/// The log of the organization that it counted in says so.
pub(crate) async fn claim(tx: &mut Tx, id: UserId, trail: &Trail) -> Result<()> {
    let Some(organization_id) = confinement(tx, id).await? else { return Ok(()) };
    let free = "UPDATE users SET confined_to = NULL, totp_secret = NULL, totp_last_step = 0 WHERE id = $1";
    sqlx::query(free).bind(id.to_string()).execute(&mut *tx).await?;
    let codes = "DELETE FROM recovery_codes WHERE user_id = $1";
    sqlx::query(codes).bind(id.to_string()).execute(&mut *tx).await?;
    let trail = Trail { actor: Actor::User(id), ..trail.clone() };
    let subject = Subject { organization_id: Some(organization_id), ..Subject::user(id) };
    audit::record(tx, &trail, Action::Claimed, subject).await
}

/// An account to be made.
pub(crate) struct NewPerson {
    pub(crate) id: UserId,
    pub(crate) name: Name,
    pub(crate) email: EmailAddress,
    pub(crate) password_hash: String,
}

impl NewPerson {
    /// `verified_at_ms` is when a link mailed to the address was opened; `confined_to` is for an address that
    /// still needs such a link.
    pub(crate) async fn insert(
        &self,
        tx: &mut Tx,
        now_ms: i64,
        verified_at_ms: Option<i64>,
        confined_to: Option<OrganizationId>,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO users
                 (id, name, name_key, email, email_key, email_verified_at, confined_to, password_hash, theme, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(self.id.to_string())
        .bind(self.name.as_str())
        .bind(self.name.key())
        .bind(self.email.as_str())
        .bind(self.email.key())
        .bind(verified_at_ms)
        .bind(confined_to.map(|id| id.to_string()))
        .bind(&self.password_hash)
        .bind(Theme::default().as_str())
        .bind(now_ms)
        .execute(tx)
        .await?;
        Ok(())
    }

    /// Becomes the one whose account this is, and tells how many passwords it had.
    pub(crate) async fn take_over(&self, tx: &mut Tx, id: UserId, trail: &Trail) -> Result<i64> {
        let (version,): (i64,) = sqlx::query_as(
            "UPDATE users SET name = $2, name_key = $3, password_hash = $4, email_verified_at = $5,
                 credentials_version = credentials_version + 1
             WHERE id = $1 RETURNING credentials_version",
        )
        .bind(id.to_string())
        .bind(self.name.as_str())
        .bind(self.name.key())
        .bind(&self.password_hash)
        .bind(trail.at_ms)
        .fetch_one(&mut *tx)
        .await?;
        claim(tx, id, trail).await?;
        sessions::end_all(tx, id, None).await?;
        links::delete_all_of(tx, id).await?;
        Ok(version)
    }
}
