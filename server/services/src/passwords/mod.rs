//! Passwords: their strength, their change, and the way back when one is forgotten.

mod change;
mod hashing;
mod reset;
mod strength;

pub use change::change;
pub(crate) use change::check_current;
pub use hashing::HashCost;
pub(crate) use hashing::{Hasher, Match};
pub use reset::{check_reset_link, request_reset, reset};
pub(crate) use strength::check;
pub use strength::{strength, strength_of};

use crate::{
    Result,
    db::{Changed, Tx},
};
use conifer_domain::ids::UserId;

/// Sets the hash if nobody else changed the password since `version`, whose proofs are dead from now on.
async fn set(tx: &mut Tx, id: UserId, hash: &str, version: i64) -> Result<bool> {
    let set = sqlx::query(
        "UPDATE users SET password_hash = $2, credentials_version = credentials_version + 1
         WHERE id = $1 AND credentials_version = $3",
    )
    .bind(id.to_string())
    .bind(hash)
    .bind(version)
    .execute(tx)
    .await?;
    Ok(set.changed())
}
