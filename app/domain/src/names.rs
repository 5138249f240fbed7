//! Names of people, organizations and projects: any script, one line.

use crate::{
    limits::NAME_LENGTH_MAX_CHARS,
    problem::{Field, Problem, Rule},
};
use std::fmt;

/// A trimmed name of 1 to 512 characters without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Takes what a person typed into `field`.
    pub fn parse(text: &str, field: Field) -> Result<Self, Problem> {
        let name = text.trim();
        let rule = if name.is_empty() {
            Rule::Required
        } else if name.chars().count() > NAME_LENGTH_MAX_CHARS {
            Rule::TooLong { chars_max: NAME_LENGTH_MAX_CHARS }
        } else if name.chars().any(cannot_be_shown) {
            Rule::ControlCharacter
        } else {
            return Ok(Self(name.to_owned()));
        };
        Err(Problem::invalid(field, rule))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Equal for names that a person would call the same: compared without case.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Control characters, line separators, and the marks that turn text around unseen.
fn cannot_be_shown(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Option<Rule> {
        match Name::parse(text, Field::Name) {
            Err(Problem::Invalid { rule, .. }) => Some(rule),
            _ => None,
        }
    }

    #[test]
    fn any_script_is_a_name() {
        for text in ["Ada", "  José  ", "山田 太郎", "👩‍🔬", "O'Brien <b>"] {
            assert_eq!(
                Name::parse(text, Field::Name).map(|name| name.to_string()),
                Ok(text.trim().to_owned())
            );
        }
    }

    #[test]
    fn length_is_counted_in_characters_after_trimming() {
        assert_eq!(rule("   "), Some(Rule::Required));
        assert_eq!(rule(&"ß".repeat(NAME_LENGTH_MAX_CHARS)), None);
        assert_eq!(rule(&"ß".repeat(NAME_LENGTH_MAX_CHARS + 1)), Some(Rule::TooLong { chars_max: 512 }));
    }

    #[test]
    fn what_cannot_be_shown_is_refused() {
        for text in ["a\nb", "a\0b", "a\u{202E}b", "a\u{2066}b"] {
            assert_eq!(rule(text), Some(Rule::ControlCharacter), "{text:?}");
        }
    }

    #[test]
    fn the_key_ignores_case() {
        let key = |text| Name::parse(text, Field::Name).map(|name| name.key());
        assert_eq!(key("ÄRGER"), key("ärger"));
    }
}
