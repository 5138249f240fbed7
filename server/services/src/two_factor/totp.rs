//! Six digits that an app makes of a shared secret and the time.

use crate::{
    Error, Result, Services,
    db::{Changed, Tx},
    secrets,
};
use conifer_domain::ids::UserId;
use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, Secret, TOTP};

const ISSUER: &str = "Conifer";
const SECRET_BYTES: usize = 20;
const DIGITS: usize = 6;
const STEP_S: u64 = 30;
/// How many steps a clock may be off, each way.
const STEPS_OFF_MAX: i64 = 1;

/// A fresh secret in base 32.
pub(super) fn new_secret() -> Result<String> {
    let bytes = secrets::random::<SECRET_BYTES>()?;
    Ok(Secret::Raw(bytes.to_vec()).to_encoded().to_string())
}

/// The `otpauth://` link of a secret.
pub(super) fn link(secret: &str, email: &str) -> Result<String> {
    Ok(totp(secret, email)?.get_url())
}

/// The step whose digits these are, if it is one of now.
pub(super) fn step_of(secret: &str, digits: &str, now_ms: i64) -> Result<Option<i64>> {
    let totp = totp(secret, "")?;
    let now = now_ms / 1000 / STEP_S as i64;
    let mut found = None;
    for step in now - STEPS_OFF_MAX..=now + STEPS_OFF_MAX {
        let seconds = u64::try_from(step).map_err(Error::internal)? * STEP_S;
        if bool::from(totp.generate(seconds).as_bytes().ct_eq(digits.as_bytes())) {
            found = Some(step);
        }
    }
    Ok(found)
}

/// Whether the digits are right now and were not used before; then they are used.
pub(crate) async fn use_digits(services: &Services, id: UserId, secret: &str, digits: &str) -> Result<bool> {
    let Some(step) = step_of(secret, digits, services.clock().now_ms())? else {
        return Ok(false);
    };
    let data = (id, secret.to_owned(), step);
    services.db().write(data, |tx, (id, secret, step)| Box::pin(use_step(tx, *id, secret, *step))).await
}

/// No step counts twice, nor one before the last used, whoever asks at the same time.
async fn use_step(tx: &mut Tx, id: UserId, secret: &str, step: i64) -> Result<bool> {
    let used = sqlx::query(
        "UPDATE users SET totp_last_step = $3
         WHERE id = $1 AND totp_secret = $2 AND totp_last_step < $3",
    )
    .bind(id.to_string())
    .bind(secret)
    .bind(step)
    .execute(tx)
    .await?;
    Ok(used.changed())
}

fn totp(secret: &str, account: &str) -> Result<TOTP> {
    let bytes = Secret::Encoded(secret.to_owned())
        .to_bytes()
        .map_err(|_| Error::internal("a second factor's secret cannot be read"))?;
    let (skew, issuer) = (0, Some(ISSUER.to_owned()));
    TOTP::new(Algorithm::SHA1, DIGITS, skew, STEP_S, bytes, issuer, account.to_owned())
        .map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890", the secret of RFC 6238's examples.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn digits_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of its eight digits.
        for (second, digits) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(step_of(SECRET, digits, second * 1000).expect("an answer"), Some(second / 30));
        }
    }

    #[test]
    fn a_clock_may_be_one_step_off() {
        // The last second of its step.
        let at = 1_111_111_109;
        let step = |off_s: i64| step_of(SECRET, "081804", (at + off_s) * 1000).expect("an answer");
        assert_eq!([step(-59), step(0), step(30)], [Some(at / 30); 3]);
        assert_eq!([step(-60), step(31)], [None; 2]);
    }

    #[test]
    fn the_link_names_house_and_person() {
        let link = link(SECRET, "ada+x@example.com").expect("a link");
        assert!(link.starts_with("otpauth://totp/Conifer:ada%2Bx%40example.com?"), "{link}");
        assert!(link.contains(&format!("secret={SECRET}")) && link.contains("issuer=Conifer"), "{link}");
    }

    #[test]
    fn secrets_have_160_bits() {
        assert_eq!(new_secret().expect("a secret").len(), SECRET_BYTES * 8 / 5);
    }
}
