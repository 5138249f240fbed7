//! What a program carries: `pcsk_<prefix>_<secret><checksum>`, in letters and digits alone.

use crate::{
    Result,
    secrets::{self, random},
};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

const BEGIN: &str = "pcsk_";
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX_LENGTH: usize = 10;
/// 190 random bits.
const SECRET_LENGTH: usize = 32;
/// Holds the 32 bits of a CRC.
const CHECKSUM_LENGTH: usize = 6;

/// A secret as it is kept.
pub(super) type Hash = [u8; 32];

pub(super) struct Secret {
    pub(super) prefix: String,
    text: SecretString,
}

/// The part of a secret that is secret.
pub(super) struct Core(SecretString);

impl Core {
    pub(super) fn new() -> Result<Self> {
        Ok(Self(digits::<SECRET_LENGTH>()?.into()))
    }
}

impl Secret {
    pub(super) fn new() -> Result<Self> {
        Ok(Self::of(digits::<PREFIX_LENGTH>()?, &Core::new()?))
    }

    /// That of a key which has its prefix already.
    pub(super) fn of(prefix: String, core: &Core) -> Self {
        let mut text = format!("{BEGIN}{prefix}_{}", core.0.expose_secret());
        let sum = checksum(&text);
        text.push_str(&sum);
        Self { prefix, text: text.into() }
    }

    /// As it is kept: enough for what cannot be guessed.
    pub(super) fn hash(&self) -> String {
        secrets::hash(self.text.expose_secret())
    }

    pub(super) fn into_text(self) -> SecretString {
        self.text
    }
}

/// As a list shows it.
pub(super) fn shown(prefix: &str) -> String {
    format!("{BEGIN}{prefix}")
}

/// The prefix of a text that can be a key: of the right shape, and not mistyped.
pub(super) fn prefix(text: &str) -> Option<&str> {
    let (prefix, rest) = text.strip_prefix(BEGIN)?.split_once('_')?;
    let is_shaped = prefix.len() == PREFIX_LENGTH
        && rest.len() == SECRET_LENGTH + CHECKSUM_LENGTH
        && prefix.bytes().chain(rest.bytes()).all(|c| c.is_ascii_alphanumeric());
    let (body, sum) = is_shaped.then(|| text.split_at(text.len() - CHECKSUM_LENGTH))?;
    (checksum(body) == sum).then_some(prefix)
}

pub(super) fn hash(text: &str) -> Hash {
    Sha256::digest(text).into()
}

fn checksum(text: &str) -> String {
    let mut rest = crc32fast::hash(text.as_bytes());
    let mut sum = [b'0'; CHECKSUM_LENGTH];
    for place in sum.iter_mut().rev() {
        *place = DIGITS[(rest % 62) as usize];
        rest /= 62;
    }
    sum.into_iter().map(char::from).collect()
}

/// Random digits, each as likely as any other.
fn digits<const LENGTH: usize>() -> Result<String> {
    let mut text = String::with_capacity(LENGTH);
    while text.len() < LENGTH {
        // Of 256 values the last 8 would make some digits likelier.
        let fair = random::<LENGTH>()?.into_iter().filter(|byte| *byte < 248);
        let left = LENGTH - text.len();
        text.extend(fair.take(left).map(|byte| char::from(DIGITS[usize::from(byte % 62)])));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> String {
        Secret::new().map(|secret| secret.into_text().expose_secret().to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_secret_has_its_shape_and_no_twin() {
        let text = secret();
        assert_eq!(text.len(), "pcsk_".len() + 10 + 1 + 32 + 6);
        assert!(prefix(&text).is_some_and(|prefix| text.starts_with(&shown(prefix))));
        assert_ne!(text, secret());
    }

    #[test]
    fn another_secret_of_a_key_begins_as_the_first() {
        let (one, prefix_of) = (secret(), |text: &str| prefix(text).map(str::to_owned));
        let other = Secret::of(prefix_of(&one).expect("a prefix"), &Core::new().expect("a core"));
        let other = other.into_text().expose_secret().to_owned();
        assert_eq!(prefix_of(&one), prefix_of(&other));
        assert_ne!(one, other);
    }

    #[test]
    fn any_one_wrong_character_is_a_typo() {
        let text = secret();
        for at in 0..text.len() {
            for wrong in ["x", "y", "_", "-", "é", ""] {
                if &text[at..=at] != wrong {
                    let typo = format!("{}{wrong}{}", &text[..at], &text[at + 1..]);
                    assert_eq!(prefix(&typo), None, "{at}");
                }
            }
        }
        for text in ["", "pcsk_", "pcsk__", "pcsk_a_b", &text[1..], &format!("{text}a"), &format!(" {text}")]
        {
            assert_eq!(prefix(text), None);
        }
    }

    #[test]
    fn what_is_compared_is_what_is_kept() {
        let secret = Secret::new().expect("a secret");
        assert_eq!(secret.hash(), secrets::hex(&hash(secret.text.expose_secret())));
    }
}
