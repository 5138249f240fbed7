//! The rules of a password that need no dictionary, and how its strength is told.

use crate::{
    limits::{
        PASSWORD_LENGTH_ADVISED_CHARS, PASSWORD_LENGTH_MAX_CHARS, PASSWORD_LENGTH_MIN_CHARS,
        PASSWORD_SCORE_MIN,
    },
    problem::{Field, Problem, Rule},
};
use serde::{Deserialize, Serialize};

/// Checks the length of what a person typed into `field`; any character is welcome.
pub fn check_length(password: &str, field: Field) -> Result<(), Problem> {
    let chars = password.chars().count();
    let rule = if chars == 0 {
        Rule::Required
    } else if chars < PASSWORD_LENGTH_MIN_CHARS {
        Rule::TooShort { chars_min: PASSWORD_LENGTH_MIN_CHARS }
    } else if chars > PASSWORD_LENGTH_MAX_CHARS {
        Rule::TooLong { chars_max: PASSWORD_LENGTH_MAX_CHARS }
    } else {
        return Ok(());
    };
    Err(Problem::invalid(field, rule))
}

/// How hard a password is to guess, as shown while typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// 0 (falls at once) to 4 (out of reach).
    pub score: u8,
    pub long_enough: bool,
    pub advised_length: bool,
}

impl Strength {
    pub fn new(score: u8, password: &str) -> Self {
        let chars = password.chars().count();
        Self {
            score: score.min(4),
            long_enough: chars >= PASSWORD_LENGTH_MIN_CHARS,
            advised_length: chars >= PASSWORD_LENGTH_ADVISED_CHARS,
        }
    }

    pub fn is_accepted(&self) -> bool {
        self.long_enough && self.score >= PASSWORD_SCORE_MIN
    }

    pub fn label(&self) -> &'static str {
        match (self.long_enough, self.score) {
            (false, _) => "Too short",
            (_, 0 | 1) => "Too easy to guess",
            (_, 2) => "Fair",
            (_, 3) => "Good",
            _ => "Strong",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_has_two_ends() {
        let rule = |chars: usize| check_length(&"é".repeat(chars), Field::Password).err();
        assert_eq!(rule(0), Some(Problem::invalid(Field::Password, Rule::Required)));
        assert_eq!(rule(7), Some(Problem::invalid(Field::Password, Rule::TooShort { chars_min: 8 })));
        assert_eq!(rule(8), None);
        assert_eq!(rule(256), None);
        assert_eq!(rule(257), Some(Problem::invalid(Field::Password, Rule::TooLong { chars_max: 256 })));
    }

    #[test]
    fn only_long_and_hard_passwords_are_accepted() {
        assert!(!Strength::new(4, "short").is_accepted());
        assert!(!Strength::new(1, "password1").is_accepted());
        assert!(Strength::new(2, "long enough").is_accepted());
    }
}
