//! One-time links: a token that cannot be guessed, kept as its hash, bound to one purpose, dead once used.

use crate::{
    Result, Services,
    db::{Tx, parse},
    secrets::{self, Token},
};
use conifer_domain::{
    Problem,
    ids::UserId,
    limits::{
        ADDRESS_CONFIRMATION_AGE_MAX_MS, EMAIL_CHANGE_AGE_MAX_MS, PASSWORD_RESET_AGE_MAX_MS,
        SIGN_UP_AGE_MAX_MS,
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    SetUp,
    SignUp,
    PasswordReset,
    EmailChange,
    AddressConfirmation,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SetUp => "set-up",
            Self::SignUp => "sign-up",
            Self::PasswordReset => "password-reset",
            Self::EmailChange => "email-change",
            Self::AddressConfirmation => "address-confirmation",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::SetUp => "setup",
            Self::SignUp => "sign-up/complete",
            Self::PasswordReset => "password-reset/new",
            Self::EmailChange => "confirm-email",
            Self::AddressConfirmation => "confirm-address",
        }
    }

    const fn age_max_ms(self) -> i64 {
        match self {
            // Printed on the operator's own terminal, replaced at every start.
            Self::SetUp => i64::MAX / 2,
            Self::SignUp => SIGN_UP_AGE_MAX_MS,
            Self::PasswordReset => PASSWORD_RESET_AGE_MAX_MS,
            Self::EmailChange => EMAIL_CHANGE_AGE_MAX_MS,
            Self::AddressConfirmation => ADDRESS_CONFIRMATION_AGE_MAX_MS,
        }
    }

    /// Where the link leads.
    pub(crate) fn url(self, services: &Services, token: &Token) -> String {
        format!("{}/{}?token={}", services.settings().public_url, self.path(), token.expose())
    }
}

/// A link to be kept.
pub(crate) struct NewLink {
    pub(crate) purpose: Purpose,
    pub(crate) token_hash: String,
    pub(crate) user_id: Option<UserId>,
    pub(crate) email: Option<String>,
    pub(crate) now_ms: i64,
}

/// Whom a link in force stands for.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) user_id: Option<UserId>,
    pub(crate) email: Option<String>,
}

type LinkRow = (Option<String>, Option<String>);

impl Link {
    fn read((user_id, email): LinkRow) -> Result<Self> {
        Ok(Self { user_id: user_id.as_deref().map(parse).transpose()?, email })
    }

    /// The person it was made for; a link without one is not what it says.
    pub(crate) fn user(&self) -> Result<UserId> {
        Ok(self.user_id.ok_or(Problem::LinkDead)?)
    }

    pub(crate) fn address(&self) -> Result<&str> {
        Ok(self.email.as_deref().ok_or(Problem::LinkDead)?)
    }
}

pub(crate) async fn insert(tx: &mut Tx, link: &NewLink) -> Result<()> {
    sqlx::query(
        "INSERT INTO links (token_hash, purpose, user_id, email, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&link.token_hash)
    .bind(link.purpose.as_str())
    .bind(link.user_id.map(|id| id.to_string()))
    .bind(&link.email)
    .bind(link.now_ms)
    .bind(link.now_ms.saturating_add(link.purpose.age_max_ms()))
    .execute(tx)
    .await?;
    Ok(())
}

/// The link, which stays in force; `LinkDead` if it is unknown, used, too old or for something else.
pub(crate) async fn check(services: &Services, purpose: Purpose, token: &str) -> Result<Link> {
    let row: Option<LinkRow> = sqlx::query_as(
        "SELECT user_id, email FROM links WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3",
    )
    .bind(secrets::hash(token))
    .bind(purpose.as_str())
    .bind(services.clock().now_ms())
    .fetch_optional(services.db().pool())
    .await?;
    Link::read(row.ok_or(Problem::LinkDead)?)
}

/// Uses the link up: of those who race for it one gets it.
pub(crate) async fn take(tx: &mut Tx, purpose: Purpose, token_hash: &str, now_ms: i64) -> Result<Link> {
    let row: Option<LinkRow> = sqlx::query_as(
        "DELETE FROM links WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3
         RETURNING user_id, email",
    )
    .bind(token_hash)
    .bind(purpose.as_str())
    .bind(now_ms)
    .fetch_optional(tx)
    .await?;
    Link::read(row.ok_or(Problem::LinkDead)?)
}

/// Kills every link of the purpose, of one person or of all.
pub(crate) async fn delete(tx: &mut Tx, purpose: Purpose, user_id: Option<UserId>) -> Result<u64> {
    let done = match user_id {
        Some(id) => {
            let sql = "DELETE FROM links WHERE purpose = $1 AND user_id = $2";
            sqlx::query(sql).bind(purpose.as_str()).bind(id.to_string()).execute(tx).await?
        }
        None => {
            sqlx::query("DELETE FROM links WHERE purpose = $1").bind(purpose.as_str()).execute(tx).await?
        }
    };
    Ok(done.rows_affected())
}

/// Kills every link of a person.
pub(crate) async fn delete_all_of(tx: &mut Tx, user_id: UserId) -> Result<()> {
    sqlx::query("DELETE FROM links WHERE user_id = $1").bind(user_id.to_string()).execute(tx).await?;
    Ok(())
}

pub(crate) async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("DELETE FROM links WHERE expires_at <= $1").bind(now_ms).execute(tx).await?;
    Ok(())
}
