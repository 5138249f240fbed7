//! What waits in a session for its own browser alone. The database keeps no more of a session's cookie than a hash, so
//! whoever reads the database cannot open what is sealed with the cookie itself.

use crate::{Error, Result, secrets};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use tower_sessions::{Session, session::Id};

/// Seals a value; `what` says which, so that one cannot stand in for another.
pub fn seal(session: &Session, what: &str, value: &impl Serialize) -> Result<String> {
    let id = session.id().ok_or_else(|| Error::internal("a session without a cookie"))?;
    seal_for(id, what, &serde_json::to_vec(value).map_err(Error::internal)?)
}

/// None when it was not sealed in this session, as this.
pub fn open<T: DeserializeOwned>(session: &Session, what: &str, sealed: &str) -> Option<T> {
    serde_json::from_slice(&open_for(session.id()?, what, sealed)?).ok()
}

fn seal_for(id: Id, what: &str, value: &[u8]) -> Result<String> {
    let nonce = secrets::random::<NONCE_LEN>()?;
    let mut bytes = value.to_vec();
    key(id)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(what), &mut bytes)
        .map_err(|_| Error::internal("a value that cannot be sealed"))?;
    Ok(secrets::hex(&[&nonce[..], &bytes].concat()))
}

fn open_for(id: Id, what: &str, sealed: &str) -> Option<Vec<u8>> {
    let mut bytes = secrets::from_hex(sealed)?;
    let (nonce, bytes) = bytes.split_at_mut_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    Some(key(id).ok()?.open_in_place(nonce, Aad::from(what), bytes).ok()?.to_vec())
}

/// The cookie is random through and through, so its hash is a key.
fn key(id: Id) -> Result<LessSafeKey> {
    let hash = Sha256::new().chain_update("conifer sealed").chain_update(id.0.to_le_bytes()).finalize();
    Ok(LessSafeKey::new(
        UnboundKey::new(&CHACHA20_POLY1305, &hash).map_err(|_| Error::internal("a key of another length"))?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_session_opens_it_as_what_it_is() {
        let seal = || seal_for(Id(7), "codes", b"abc-def").expect("sealed");
        let sealed = seal();
        assert_eq!(open_for(Id(7), "codes", &sealed).as_deref(), Some(&b"abc-def"[..]));
        assert_eq!(open_for(Id(8), "codes", &sealed), None);
        assert_eq!(open_for(Id(7), "link", &sealed), None);
        for other in ["", "00", "zz", &sealed[2..], &sealed[..30]] {
            assert_eq!(open_for(Id(7), "codes", other), None, "{other}");
        }
        assert_ne!(seal(), sealed);
    }
}
