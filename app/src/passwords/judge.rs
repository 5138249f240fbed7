//! How strong a password is, and what that means for who types it.

use crate::Failure;
#[cfg(feature = "ssr")]
use crate::server;
use conifer_domain::{
    limits::{PASSWORD_LENGTH_ADVISED_CHARS, PASSWORD_LENGTH_MIN_CHARS},
    passwords::Strength,
};
use leptos::prelude::*;

/// Judged where the dictionary is; neither kept nor logged. `name` and `email` are what others know of
/// somebody who has no account yet.
#[server(prefix = "/fn", endpoint = "passwords/judge")]
pub async fn judge_password(
    password: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
) -> Result<Strength, Failure> {
    use conifer_domain::limits::{EMAIL_LENGTH_MAX_BYTES, NAME_LENGTH_MAX_CHARS};

    check_is_judged(&password)?;
    let mut hints = vec![cut(name, NAME_LENGTH_MAX_CHARS), cut(email, EMAIL_LENGTH_MAX_BYTES)];
    hints.extend(server::visitor()?.current.into_iter().flat_map(|it| [it.account.name, it.account.email]));
    let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
    Ok(conifer_services::passwords::strength_of(&server::services()?, &password, &hints).await?)
}

#[cfg(feature = "ssr")]
fn cut(text: String, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}

/// A short password is judged too: its owner is still typing.
#[cfg(feature = "ssr")]
fn check_is_judged(password: &str) -> Result<(), conifer_domain::Problem> {
    use conifer_domain::{Field, Problem, Rule, passwords::check_length};
    match check_length(password, Field::Password) {
        Err(Problem::Invalid { rule: Rule::TooShort { .. }, .. }) => Ok(()),
        judged => judged,
    }
}

/// How far the meter goes: nothing counts before the length does.
pub fn score(strength: Strength) -> u8 {
    if strength.long_enough { strength.score } else { 0 }
}

/// What the meter says: the verdict, and how to do better.
pub fn advice(strength: Strength) -> String {
    match strength.label() {
        label if !strength.long_enough => {
            format!("{label}. Use {PASSWORD_LENGTH_MIN_CHARS} characters or more.")
        }
        label if !strength.is_accepted() => format!("{label}. Use a few unrelated words."),
        label if !strength.advised_length => {
            format!("{label}. With {PASSWORD_LENGTH_ADVISED_CHARS} characters or more it is safer still.")
        }
        label => format!("{label}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_password_scores_nothing_however_odd_it_is() {
        assert_eq!(score(Strength::new(4, "x9!Qz")), 0);
        assert_eq!(score(Strength::new(3, "x9!Qz#5kLm")), 3);
    }

    #[test]
    fn advice_ends_when_there_is_nothing_to_better() {
        assert_eq!(advice(Strength::new(4, "short")), "Too short. Use 8 characters or more.");
        assert_eq!(advice(Strength::new(1, "password1")), "Too easy to guess. Use a few unrelated words.");
        assert_eq!(
            advice(Strength::new(3, "nine.nine")),
            "Good. With 15 characters or more it is safer still."
        );
        assert_eq!(advice(Strength::new(4, "correct horse battery")), "Strong.");
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn only_what_is_being_typed_may_be_short() {
        assert!(check_is_judged("abc").is_ok());
        assert!(check_is_judged("").is_err());
        assert!(check_is_judged(&"a".repeat(257)).is_err());
    }
}
