//! What a service account carries: a name that is no secret, and a secret that is told once.

use crate::{
    Result,
    secrets::{self, Token, random},
};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

/// Tells people and scanners of leaked secrets what it is.
const BEGIN: &str = "cfsa_";
const CLIENT_ID_BYTES: usize = 16;

pub(super) fn client_id() -> Result<String> {
    Ok(secrets::hex(&random::<CLIENT_ID_BYTES>()?))
}

pub(super) struct Secret(SecretString);

impl Secret {
    pub(super) fn new() -> Result<Self> {
        Ok(Self(format!("{BEGIN}{}", Token::new()?.expose()).into()))
    }

    pub(super) fn hash(&self) -> String {
        secrets::hash(self.0.expose_secret())
    }

    pub(super) fn into_text(self) -> SecretString {
        self.0
    }
}

/// Takes as long for any wrong one, and for an account that is not there.
pub(super) fn is_that_of(secret: &str, kept_hash: Option<&str>) -> bool {
    let nobodys = secrets::hash("");
    let kept = kept_hash.unwrap_or(&nobodys).as_bytes();
    bool::from(secrets::hash(secret).as_bytes().ct_eq(kept)) && kept_hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_secret_opens_an_account() {
        let secret = Secret::new().expect("a secret");
        let (hash, text) = (secret.hash(), secret.into_text().expose_secret().to_owned());
        assert!(text.starts_with("cfsa_") && text.len() == 5 + 64);
        assert!(is_that_of(&text, Some(&hash)));
        assert!(!is_that_of(&text, None) && !is_that_of("", None) && !is_that_of("", Some(&hash)));
        let other = Secret::new().expect("a secret").into_text().expose_secret().to_owned();
        assert!(!is_that_of(&other, Some(&hash)) && !is_that_of(&text[1..], Some(&hash)));
    }
}
