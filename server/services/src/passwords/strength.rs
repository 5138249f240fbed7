//! How hard a password is to guess.

use crate::{Result, Services};
use conifer_domain::{
    Field, Problem, Rule,
    passwords::{Strength, check_length},
};
use secrecy::{ExposeSecret, SecretString};

/// Enough to judge by; the estimate's cost grows with the square of the length.
const JUDGED_MAX_CHARS: usize = 100;
const HINTS_MAX: usize = 32;

/// How hard `password` is to guess for somebody who knows the `hints`, such as name and address.
/// Costs milliseconds of a processor: in async code use [`strength_of`].
pub fn strength(password: &str, hints: &[&str]) -> Strength {
    let judged: String = password.chars().take(JUDGED_MAX_CHARS).collect();
    let hints: Vec<&str> = hints.iter().flat_map(|hint| words(hint)).take(HINTS_MAX).collect();
    Strength::new(u8::from(zxcvbn::zxcvbn(&judged, &hints).score()), password)
}

/// The hint and the words it is made of: "Ada Lovelace", "Ada", "Lovelace".
fn words(hint: &str) -> impl Iterator<Item = &str> {
    let parts = hint.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3);
    std::iter::once(hint).filter(|hint| !hint.is_empty()).chain(parts)
}

/// [`strength`] on its own threads; `Unavailable` when too many wait.
pub async fn strength_of(services: &Services, password: &str, hints: &[&str]) -> Result<Strength> {
    let password = SecretString::from(password);
    let hints: Vec<String> = hints.iter().map(|hint| (*hint).to_owned()).collect();
    let judge = move || {
        let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
        strength(password.expose_secret(), &hints)
    };
    services.judges().run(judge).await
}

/// Refuses a password that is too short, too long or too easy to guess, at the field it was typed into.
pub(crate) async fn check(services: &Services, password: &str, hints: &[&str], field: Field) -> Result<()> {
    check_length(password, field)?;
    if strength_of(services, password, hints).await?.is_accepted() {
        Ok(())
    } else {
        Err(Problem::invalid(field, Rule::TooEasyToGuess).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_guesses_is_refused() {
        for password in ["password", "12345678", "qwertyuiop", "conifer1"] {
            assert!(!strength(password, &["conifer"]).is_accepted(), "{password}");
        }
        assert!(strength("plum ladder sings twice", &[]).is_accepted());
    }

    #[test]
    fn the_persons_own_words_do_not_count() {
        let hints = ["Wilhelmina Ostrander", "wostrander@example.com"];
        assert!(strength("ostrander", &[]).score > strength("ostrander", &hints).score);
        assert!(!strength("Wilhelmina", &hints).is_accepted());
    }

    #[test]
    fn a_long_password_is_judged_by_its_beginning() {
        assert!(strength(&"correct horse battery staple ".repeat(8), &[]).is_accepted());
    }
}
