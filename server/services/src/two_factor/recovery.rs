//! Recovery codes: 80 random bits each, kept as hashes, good once.

use crate::{
    Result, Services,
    audit::{self, Action, Subject, Trail},
    db::{Changed, Tx},
    secrets,
};
use conifer_domain::{accounts::RecoveryCodes, ids::UserId, limits::RECOVERY_CODES};
use serde_json::json;
use totp_rs::Secret;

const CODE_BYTES: usize = 10;
const GROUP_CHARS: usize = 4;

pub(super) fn new_codes() -> Result<RecoveryCodes> {
    (0..RECOVERY_CODES).map(|_| new_code()).collect::<Result<_>>().map(RecoveryCodes)
}

/// "abcd-efgh-2345-67zz": lower case and dashes for the eye.
fn new_code() -> Result<String> {
    let base32 = Secret::Raw(secrets::random::<CODE_BYTES>()?.to_vec()).to_encoded().to_string();
    let chars: Vec<char> = base32.to_lowercase().chars().collect();
    let groups: Vec<String> = chars.chunks(GROUP_CHARS).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// As codes are compared: without case or dashes.
pub(super) fn normal(code: &str) -> String {
    code.chars().filter(|c| *c != '-').flat_map(char::to_uppercase).collect()
}

fn hash(code: &str) -> String {
    secrets::hash(normal(code))
}

/// Puts these in the place of all others.
pub(super) async fn replace(tx: &mut Tx, id: UserId, codes: &RecoveryCodes) -> Result<()> {
    delete(tx, id).await?;
    for code in &codes.0 {
        sqlx::query("INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)")
            .bind(id.to_string())
            .bind(hash(code))
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

pub(super) async fn delete(tx: &mut Tx, id: UserId) -> Result<()> {
    sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1").bind(id.to_string()).execute(tx).await?;
    Ok(())
}

/// Uses the code up and tells how many are left; None when it is wrong or was used, by whoever was faster.
pub(crate) async fn use_recovery_code(
    services: &Services,
    trail: Trail,
    id: UserId,
    code: &str,
) -> Result<Option<u32>> {
    let data = (id, hash(code), trail);
    services.db().write(data, |tx, (id, hash, trail)| Box::pin(use_up(tx, *id, hash, trail))).await
}

async fn use_up(tx: &mut Tx, id: UserId, hash: &str, trail: &Trail) -> Result<Option<u32>> {
    let used = sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2")
        .bind(id.to_string())
        .bind(hash)
        .execute(&mut *tx)
        .await?;
    if !used.changed() {
        return Ok(None);
    }
    let (left,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1")
        .bind(id.to_string())
        .fetch_one(&mut *tx)
        .await?;
    let subject = Subject::user(id).with(json!({ "left": left }));
    audit::record(tx, trail, Action::RecoveryCodeUsed, subject).await?;
    Ok(Some(u32::try_from(left).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_80_bits_and_no_twins() {
        let RecoveryCodes(mut codes) = new_codes().expect("codes");
        assert!(codes.iter().all(|code| code.len() == 19 && normal(code).len() == CODE_BYTES * 8 / 5));
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), RECOVERY_CODES);
    }

    #[test]
    fn case_and_dashes_do_not_matter() {
        assert_eq!(hash("abcd-2345"), hash("ABCD2345"));
    }
}
