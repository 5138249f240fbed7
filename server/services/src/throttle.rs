//! Delays that grow with every try and end: guessing gets slow, nobody is locked out.
//!
//! A try is counted before it is made, so tries made at the same time cannot outrun the count. A try that
//! went well is taken back.

use crate::{Result, Services, db::Tx, secrets};
use conifer_domain::{
    Problem,
    limits::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS},
};
use std::net::IpAddr;

/// How the delay grows for one kind of key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    scope: &'static str,
    /// Tries without any delay.
    free: i64,
    delay_min_ms: i64,
    delay_max_ms: i64,
    /// Whether a try that went well forgets those before it, or only itself.
    cleared_by_success: bool,
}

const fn policy(scope: &'static str, free: i64, delay_min_ms: i64, delay_max_ms: i64) -> Policy {
    Policy { scope, free, delay_min_ms, delay_max_ms, cleared_by_success: false }
}

const fn cleared_by_success(policy: Policy) -> Policy {
    Policy { cleared_by_success: true, ..policy }
}

pub(crate) const SIGN_IN_PAIR: Policy = cleared_by_success(policy("sign-in-pair", 4, SECOND_MS, MINUTE_MS));
pub(crate) const SIGN_IN_ADDRESS: Policy = policy("sign-in-address", 20, SECOND_MS, 30 * SECOND_MS);
/// Gentle: who guesses from many addresses must not keep the owner out.
pub(crate) const SIGN_IN_ACCOUNT: Policy = policy("sign-in-account", 20, SECOND_MS, 5 * SECOND_MS);
pub(crate) const SECOND_FACTOR: Policy = cleared_by_success(policy("second-factor", 4, SECOND_MS, MINUTE_MS));
/// The password asked again of somebody who is signed in.
pub(crate) const CURRENT_PASSWORD: Policy =
    cleared_by_success(policy("current-password", 4, SECOND_MS, MINUTE_MS));
pub(crate) const MAIL_TO: Policy = policy("mail-to", 3, MINUTE_MS, 5 * MINUTE_MS);
pub(crate) const MAIL_FROM: Policy = policy("mail-from", 10, 10 * SECOND_MS, 5 * MINUTE_MS);
pub(crate) const INVITES_OF: Policy = policy("invites-of", 10, 10 * SECOND_MS, 5 * MINUTE_MS);

/// Gentle: who knows a client id must not keep its owner out.
pub(crate) const TOKENS_OF: Policy = cleared_by_success(policy("tokens-of", 20, SECOND_MS, 5 * SECOND_MS));
pub(crate) const TOKENS_FROM: Policy = policy("tokens-from", 50, SECOND_MS, 30 * SECOND_MS);

/// After this long without a try all is forgotten.
const FORGET_MS: i64 = HOUR_MS;
/// How long a pair of account and address that signed in once is spared the account's own delay.
const KNOWN_FOR_MS: i64 = 30 * DAY_MS;

impl Policy {
    /// The key is hashed: the table says nobody's address.
    pub(crate) fn key(self, of: &str) -> Key {
        Key { hash: secrets::hash(format!("{}\n{of}", self.scope)), policy: self }
    }

    /// No delay is no time at all: a clock set back must not make one of it.
    fn blocked_until(&self, tries: i64, now_ms: i64) -> i64 {
        match self.delay_ms(tries) {
            0 => 0,
            delay_ms => now_ms + delay_ms,
        }
    }

    fn delay_ms(&self, tries: i64) -> i64 {
        let beyond = tries - self.free;
        if beyond <= 0 {
            return 0;
        }
        let doublings = u32::try_from(beyond - 1).unwrap_or(u32::MAX).min(20);
        (self.delay_min_ms << doublings).min(self.delay_max_ms)
    }
}

/// What an address counts as: in IPv6 one network, as anybody owns more addresses than can be counted.
pub(crate) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Key {
    hash: String,
    policy: Policy,
}

/// A counted try.
#[must_use]
pub(crate) struct Try {
    keys: Vec<Key>,
    remembered: Option<String>,
}

/// Counts a try on every key, or refuses it with `TooMany` and counts nothing.
pub(crate) async fn begin(services: &Services, mut keys: Vec<Key>) -> Result<Try> {
    // One order for all, so that no two transactions wait for each other.
    keys.sort_by(|a, b| a.hash.cmp(&b.hash));
    let data = (keys.clone(), services.clock().now_ms());
    services.db().write(data, |tx, (keys, now_ms)| Box::pin(count(tx, keys, *now_ms))).await?;
    Ok(Try { keys, remembered: None })
}

impl Try {
    /// Going well will make the pair of account and address a known one.
    pub(crate) fn remembering(self, account: &str, address: IpAddr) -> Self {
        Self { remembered: Some(known_hash(account, address)), ..self }
    }

    pub(crate) async fn went_well(self, services: &Services) -> Result<()> {
        let data = (self, services.clock().now_ms());
        services.db().write(data, |tx, (this, now_ms)| Box::pin(take_back(tx, this, *now_ms))).await
    }
}

async fn count(tx: &mut Tx, keys: &[Key], now_ms: i64) -> Result<()> {
    let mut tries = Vec::with_capacity(keys.len());
    let mut wait_ms = 0;
    for key in keys {
        let (so_far, blocked_until) = lock(tx, key, now_ms).await?;
        wait_ms = wait_ms.max(blocked_until - now_ms);
        tries.push(so_far + 1);
    }
    if wait_ms > 0 {
        let retry_after_s = u64::try_from(wait_ms).unwrap_or(0).div_ceil(1000);
        return Err(Problem::TooMany { retry_after_s }.into());
    }
    for (key, tries) in keys.iter().zip(tries) {
        sqlx::query(
            "UPDATE throttles SET tries = $2, blocked_until = $3, forget_at = $4 WHERE key_hash = $1",
        )
        .bind(&key.hash)
        .bind(tries)
        .bind(key.policy.blocked_until(tries, now_ms))
        .bind(now_ms + FORGET_MS)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Locks the key's row, made if need be, and tells its tries and when the next one may come.
async fn lock(tx: &mut Tx, key: &Key, now_ms: i64) -> Result<(i64, i64)> {
    let (tries, blocked_until, forget_at): (i64, i64, i64) = sqlx::query_as(
        "INSERT INTO throttles (key_hash, tries, blocked_until, forget_at) VALUES ($1, 0, 0, $2)
         ON CONFLICT (key_hash) DO UPDATE SET tries = throttles.tries
         RETURNING tries, blocked_until, forget_at",
    )
    .bind(&key.hash)
    .bind(now_ms + FORGET_MS)
    .fetch_one(tx)
    .await?;
    Ok(if forget_at <= now_ms { (0, 0) } else { (tries, blocked_until) })
}

async fn take_back(tx: &mut Tx, this: &Try, now_ms: i64) -> Result<()> {
    for key in &this.keys {
        let sql = if key.policy.cleared_by_success {
            "DELETE FROM throttles WHERE key_hash = $1"
        } else {
            "UPDATE throttles SET tries = tries - 1, blocked_until = 0 WHERE key_hash = $1 AND tries > 0"
        };
        sqlx::query(sql).bind(&key.hash).execute(&mut *tx).await?;
    }
    match &this.remembered {
        Some(hash) => remember(tx, hash, now_ms + KNOWN_FOR_MS).await,
        None => Ok(()),
    }
}

fn known_hash(account: &str, address: IpAddr) -> String {
    secrets::hash(format!("known\n{account}\n{}", network(address)))
}

/// Whether this account signed in from this address lately.
pub(crate) async fn is_known(services: &Services, account: &str, address: IpAddr) -> Result<bool> {
    let row: Option<(i64,)> =
        sqlx::query_as("SELECT tries FROM throttles WHERE key_hash = $1 AND forget_at > $2")
            .bind(known_hash(account, address))
            .bind(services.clock().now_ms())
            .fetch_optional(services.db().pool())
            .await?;
    Ok(row.is_some())
}

async fn remember(tx: &mut Tx, hash: &str, forget_at: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO throttles (key_hash, tries, blocked_until, forget_at) VALUES ($1, 0, 0, $2)
         ON CONFLICT (key_hash) DO UPDATE SET forget_at = $2",
    )
    .bind(hash)
    .bind(forget_at)
    .execute(tx)
    .await?;
    Ok(())
}

pub(crate) async fn sweep(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("DELETE FROM throttles WHERE forget_at <= $1").bind(now_ms).execute(tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_their_end() {
        let delays: Vec<i64> = (3..14).map(|tries| SIGN_IN_PAIR.delay_ms(tries) / 1000).collect();
        assert_eq!(delays, [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(SIGN_IN_PAIR.delay_ms(i64::MAX / 2), MINUTE_MS);
    }

    #[test]
    fn nobody_is_kept_out_for_long() {
        for policy in [SIGN_IN_PAIR, SIGN_IN_ADDRESS, SECOND_FACTOR, CURRENT_PASSWORD] {
            assert!(policy.delay_max_ms <= MINUTE_MS, "{policy:?}");
        }
        const { assert!(SIGN_IN_ACCOUNT.delay_max_ms <= 5 * SECOND_MS) };
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let network = |text: &str| text.parse().map(network).unwrap_or_default();
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
