//! Argon2id on threads of its own, as many at once as there are cores.

use crate::{Error, Result, workers::Workers};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{self, PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// What one hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl HashCost {
    /// What OWASP asks for.
    pub const PRODUCTION: Self = Self { memory_kib: 19_456, passes: 2, lanes: 1 };

    fn argon2(self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, None).map_err(Error::internal)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

#[derive(Clone)]
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
    workers: Workers,
    /// Of a password nobody knows: an unknown account costs as much as a wrong password.
    decoy: Arc<str>,
    work: Arc<AtomicU64>,
}

/// What a password turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Wrong,
    Right,
    /// Right, and its hash is not made as hashes are made now.
    Outdated,
}

impl Hasher {
    pub(crate) async fn new(cost: HashCost, workers: Workers) -> Result<Self> {
        let argon2 = cost.argon2()?;
        let mut hasher = Self { argon2, workers, decoy: Arc::from(""), work: Arc::default() };
        let nobody_knows = crate::secrets::Token::new()?;
        hasher.decoy = hasher.hash(nobody_knows.expose()).await?.into();
        Ok(hasher)
    }

    pub(crate) async fn hash(&self, password: &str) -> Result<String> {
        self.work.fetch_add(1, Ordering::Relaxed);
        let (argon2, password) = (self.argon2.clone(), SecretString::from(password));
        let hash = move || argon2.hash_password(password.expose_secret().as_bytes());
        Ok(self.workers.run(hash).await?.map_err(Error::internal)?.to_string())
    }

    /// Compares with `hash`, or, the same work, with one that nothing matches.
    pub(crate) async fn verify(&self, password: &str, hash: Option<&str>) -> Result<Match> {
        self.work.fetch_add(1, Ordering::Relaxed);
        let (argon2, password) = (self.argon2.clone(), SecretString::from(password));
        let is_known = hash.is_some();
        let hash = hash.unwrap_or(&self.decoy).to_owned();
        let found = self.workers.run(move || compare(&argon2, &password, &hash)).await??;
        Ok(if is_known { found } else { Match::Wrong })
    }

    /// How many hashes are being made or wait for that.
    pub(crate) fn queue(&self) -> usize {
        self.workers.occupied()
    }

    /// How many hashes were made or compared so far.
    pub(crate) fn work(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }
}

fn compare(argon2: &Argon2<'_>, password: &SecretString, hash: &str) -> Result<Match> {
    let hash = PasswordHash::new(hash).map_err(Error::internal)?;
    match argon2.verify_password(password.expose_secret().as_bytes(), &hash) {
        Ok(()) => Ok(if is_current(argon2, &hash) { Match::Right } else { Match::Outdated }),
        Err(password_hash::Error::PasswordInvalid) => Ok(Match::Wrong),
        Err(error) => Err(Error::internal(error)),
    }
}

fn is_current(argon2: &Argon2<'_>, hash: &PasswordHash) -> bool {
    let now = argon2.params();
    hash.algorithm == Algorithm::Argon2id.ident()
        && Params::try_from(hash).is_ok_and(|then| {
            (then.m_cost(), then.t_cost(), then.p_cost()) == (now.m_cost(), now.t_cost(), now.p_cost())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: HashCost = HashCost { memory_kib: 8, passes: 1, lanes: 1 };

    async fn hasher(cost: HashCost) -> Hasher {
        Hasher::new(cost, Workers::new()).await.expect("a hasher")
    }

    #[tokio::test]
    async fn production_costs_what_owasp_asks() {
        let hash = hasher(HashCost::PRODUCTION).await.hash("a password").await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }

    #[tokio::test]
    async fn right_wrong_and_unknown_are_told_apart_by_the_same_work() {
        let hasher = hasher(CHEAP).await;
        let hash = hasher.hash("right").await.expect("a hash");
        for (password, hash, found) in [
            ("right", Some(&*hash), Match::Right),
            ("wrong", Some(&*hash), Match::Wrong),
            ("right", None, Match::Wrong),
        ] {
            let before = hasher.work();
            assert_eq!(hasher.verify(password, hash).await.expect("an answer"), found);
            assert_eq!(hasher.work(), before + 1);
        }
    }

    #[tokio::test]
    async fn a_hash_made_otherwise_is_outdated() {
        let hash = hasher(CHEAP).await.hash("right").await.expect("a hash");
        let now = hasher(HashCost { memory_kib: 16, ..CHEAP }).await;
        assert_eq!(now.verify("right", Some(&hash)).await.expect("an answer"), Match::Outdated);
    }
}
