//! Turning the second factor on and off.

use super::{code::Code, qr::qr, recovery, totp};
use crate::{
    Origin, Result, Services,
    audit::{self, Action, Actor, Subject, Trail},
    db::{Changed, Tx},
    mail::letters::{self, Seen},
    passwords,
    sessions::Current,
    throttle::{self, SECOND_FACTOR},
};
use conifer_domain::{
    Problem,
    accounts::{RecoveryCodes, TwoFactorSetup},
    ids::UserId,
};
use tower_sessions::Session;

/// Where the secret waits in the session for its first right code.
const KEY: &str = "two-factor-secret";

/// The secret waits in the session: asking again shows the same one. `Conflict` when it is on already.
pub async fn start(_services: &Services, session: &Session, current: &Current) -> Result<TwoFactorSetup> {
    current.acting()?;
    if current.account.two_factor {
        return Err(Problem::Conflict.into());
    }
    let secret = match waiting(session).await? {
        Some(secret) => secret,
        None => {
            let secret = totp::new_secret()?;
            session.insert(KEY, &secret).await.map_err(crate::Error::internal)?;
            secret
        }
    };
    let link = totp::link(&secret, &current.account.email)?;
    let qr = qr(&link)?;
    Ok(TwoFactorSetup { secret, link, qr_path: qr.path, qr_size: qr.size })
}

async fn waiting(session: &Session) -> Result<Option<String>> {
    session.get(KEY).await.map_err(crate::Error::internal)
}

/// Turns it on with the password and the first right code: an open browser alone must not shut its owner out.
/// `Invalid` at the password, `CodeWrong`, or `Conflict` when nothing was started.
pub async fn confirm(
    services: &Services,
    origin: &Origin,
    session: &Session,
    current: &Current,
    current_password: &str,
    code: &str,
) -> Result<RecoveryCodes> {
    passwords::check_current(services, current, current_password).await?;
    let secret = waiting(session).await?.ok_or(Problem::Conflict)?;
    let id = current.acting()?;
    let counted = throttle::begin(services, vec![SECOND_FACTOR.key(&id.to_string())]).await?;
    let step = match Code::read(code) {
        Code::App(digits) => totp::step_of(&secret, &digits, services.clock().now_ms())?,
        Code::Recovery(_) => None,
    };
    let step = step.ok_or(Problem::CodeWrong)?;
    counted.went_well(services).await?;
    let codes = recovery::new_codes()?;
    let on = On { id, secret, step, codes: codes.clone(), trail: trail(services, origin, id) };
    services.db().write(on, |tx, on| Box::pin(turn_on(tx, on))).await?;
    session.remove_value(KEY).await.map_err(crate::Error::internal)?;
    let seen = Seen::new(origin, services.clock().now_ms());
    services.tell(&current.account.email, letters::two_factor_on(&seen)).await;
    Ok(codes)
}

struct On {
    id: UserId,
    secret: String,
    /// Used now: it does not also sign in.
    step: i64,
    codes: RecoveryCodes,
    trail: Trail,
}

async fn turn_on(tx: &mut Tx, on: &On) -> Result<()> {
    let turned = sqlx::query(
        "UPDATE users SET totp_secret = $2, totp_last_step = $3 WHERE id = $1 AND totp_secret IS NULL",
    )
    .bind(on.id.to_string())
    .bind(&on.secret)
    .bind(on.step)
    .execute(&mut *tx)
    .await?;
    if !turned.changed() {
        return Err(Problem::Conflict.into());
    }
    recovery::replace(tx, on.id, &on.codes).await?;
    audit::record(tx, &on.trail, Action::TwoFactorOn, Subject::user(on.id)).await
}

/// `Conflict` when it is off already.
pub async fn turn_off(
    services: &Services,
    origin: &Origin,
    current: &Current,
    current_password: &str,
) -> Result<()> {
    passwords::check_current(services, current, current_password).await?;
    let id = current.acting()?;
    let data = (id, trail(services, origin, id));
    services.db().write(data, |tx, (id, trail)| Box::pin(forget(tx, *id, trail))).await?;
    let seen = Seen::new(origin, services.clock().now_ms());
    services.tell(&current.account.email, letters::two_factor_off(&seen)).await;
    Ok(())
}

async fn forget(tx: &mut Tx, id: UserId, trail: &Trail) -> Result<()> {
    let off = "UPDATE users SET totp_secret = NULL WHERE id = $1 AND totp_secret IS NOT NULL";
    if !sqlx::query(off).bind(id.to_string()).execute(&mut *tx).await?.changed() {
        return Err(Problem::Conflict.into());
    }
    recovery::delete(tx, id).await?;
    audit::record(tx, trail, Action::TwoFactorOff, Subject::user(id)).await
}

/// The codes before are dead. `Conflict` while two-factor sign-in is off.
pub async fn new_recovery_codes(
    services: &Services,
    origin: &Origin,
    current: &Current,
    current_password: &str,
) -> Result<RecoveryCodes> {
    passwords::check_current(services, current, current_password).await?;
    let id = current.acting()?;
    let codes = recovery::new_codes()?;
    let data = (id, codes.clone(), trail(services, origin, id));
    services.db().write(data, |tx, (id, codes, trail)| Box::pin(renew(tx, *id, codes, trail))).await?;
    let seen = Seen::new(origin, services.clock().now_ms());
    services.tell(&current.account.email, letters::recovery_codes_new(&seen)).await;
    Ok(codes)
}

async fn renew(tx: &mut Tx, id: UserId, codes: &RecoveryCodes, trail: &Trail) -> Result<()> {
    let lock = "UPDATE users SET theme = theme WHERE id = $1 AND totp_secret IS NOT NULL";
    if !sqlx::query(lock).bind(id.to_string()).execute(&mut *tx).await?.changed() {
        return Err(Problem::Conflict.into());
    }
    recovery::replace(tx, id, codes).await?;
    audit::record(tx, trail, Action::RecoveryCodesRenewed, Subject::user(id)).await
}

fn trail(services: &Services, origin: &Origin, id: UserId) -> Trail {
    Trail::of(services, origin, Actor::User(id))
}
