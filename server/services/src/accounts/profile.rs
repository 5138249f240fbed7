//! Name, theme, and what the account page shows.

use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::Tx,
    sessions::Current,
};
use conifer_domain::{Field, Name, Problem, accounts::AccountDetails, ids::UserId, theme::Theme};

#[derive(sqlx::FromRow)]
struct Row {
    created_at: i64,
    pending_email: Option<String>,
    recovery_codes: i64,
    confirmed: i64,
}

pub async fn details(services: &Services, current: &Current) -> Result<AccountDetails> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT u.created_at,
                (SELECT MAX(l.email) FROM links l
                 WHERE l.user_id = u.id AND l.purpose = 'email-change' AND l.expires_at > $2) AS pending_email,
                (SELECT COUNT(*) FROM recovery_codes r WHERE r.user_id = u.id) AS recovery_codes,
                CASE WHEN u.confined_to IS NULL THEN 1 ELSE 0 END AS confirmed
         FROM users u WHERE u.id = $1",
    )
    .bind(current.user_id().to_string())
    .bind(services.clock().now_ms())
    .fetch_optional(services.db().pool())
    .await?;
    let row = row.ok_or(Problem::SignedOut)?;
    Ok(AccountDetails {
        account: current.account.clone(),
        created_at_ms: row.created_at,
        pending_email: row.pending_email,
        confirmed: row.confirmed != 0,
        recovery_codes_left: u32::try_from(row.recovery_codes).unwrap_or(0),
    })
}

pub async fn rename(services: &Services, origin: &Origin, current: &Current, name: &str) -> Result<()> {
    let name = Name::parse(name, Field::Name)?;
    let id = current.acting()?;
    let data = (id, name, Trail::of(services, origin, Actor::User(id)));
    services.db().write(data, |tx, (id, name, trail)| Box::pin(set_name(tx, *id, name, trail))).await
}

async fn set_name(tx: &mut Tx, id: UserId, name: &Name, trail: &Trail) -> Result<()> {
    sqlx::query("UPDATE users SET name = $2, name_key = $3 WHERE id = $1")
        .bind(id.to_string())
        .bind(name.as_str())
        .bind(name.key())
        .execute(&mut *tx)
        .await?;
    audit::record(tx, trail, Action::Renamed, Subject::user(id)).await
}

/// A matter of taste: not audited.
pub async fn set_theme(services: &Services, current: &Current, theme: Theme) -> Result<()> {
    let set = services.db().write((current.user_id(), theme), |tx, (id, theme)| {
        Box::pin(async move {
            sqlx::query("UPDATE users SET theme = $2 WHERE id = $1")
                .bind(id.to_string())
                .bind(theme.as_str())
                .execute(tx)
                .await?;
            Ok(())
        })
    });
    set.await
}
