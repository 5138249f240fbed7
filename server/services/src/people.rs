//! A person's row, as sign-in and password changes need it.

use crate::{
    Result, Services,
    db::{Tx, parse},
};
use conifer_domain::{EmailAddress, ids::UserId};

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
