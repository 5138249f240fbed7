//! Names of people, organizations and projects: any script, one line.

use crate::{
    limits::NAME_LENGTH_MAX_CHARS,
    problem::{Field, Problem, Rule},
};
use std::fmt;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A trimmed name of 1 to 512 characters, of which one can be seen and none hides. In one spelling (NFC), whichever
/// keyboard wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Takes what a person typed into `field`.
    pub fn parse(text: &str, field: Field) -> Result<Self, Problem> {
        Self::parse_within(text, field, NAME_LENGTH_MAX_CHARS)
    }

    /// The same, of a shorter kind.
    pub fn parse_within(text: &str, field: Field, chars_max: usize) -> Result<Self, Problem> {
        let name: String = text.trim().nfc().collect();
        let rule = if !name.chars().any(has_ink) && !name.chars().any(cannot_be_shown) {
            Rule::Required
        } else if name.chars().count() > chars_max {
            Rule::TooLong { chars_max }
        } else if name.chars().any(cannot_be_shown) || joins_nothing(&name) {
            Rule::ControlCharacter
        } else {
            return Ok(Self(name));
        };
        Err(Problem::invalid(field, rule))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Equal for names that a person would call the same.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text as it is compared and searched: without regard to case, to how its letters are put together, and to what
/// only joins them.
pub fn fold(text: &str) -> String {
    let visible = text.nfkc().filter(|c| !is_joiner(*c) && !is_variation(*c));
    visible.collect::<String>().to_lowercase().nfkc().collect()
}

/// Whether somebody who was shown this name typed it.
pub fn is_as_shown(typed: &str, name: &str) -> bool {
    typed.trim().nfc().eq(name.nfc())
}

/// Control characters, line separators, the marks that turn text around, and letters nobody sees.
fn cannot_be_shown(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

fn has_ink(c: char) -> bool {
    !c.is_whitespace() && !cannot_be_shown(c) && !is_joiner(c) && !is_variation(c) && !is_combining_mark(c)
}

/// They shape letters of some scripts, and make one picture of several.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

fn is_variation(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}')
}

/// A joiner that does not stand between two characters.
fn joins_nothing(name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let is_beside = |at: Option<&char>| at.is_some_and(|c| !c.is_whitespace() && !is_joiner(*c));
    chars.iter().enumerate().any(|(at, c)| {
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        is_joiner(*c) && !(is_beside(before) && is_beside(chars.get(at + 1)))
    })
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
        let unseen = [
            "a\u{200B}b",
            "a\u{AD}",
            "\u{3164}",
            "\u{2800}",
            "a\u{FEFF}",
            "a\u{200F}",
            "a\u{E0041}",
            "a\u{61C}",
        ];
        let joined_to_nothing = ["a\u{200D}", "\u{200C}a", "a\u{200D}\u{200D}b", "a \u{200D}b"];
        let control = ["a\nb", "a\0b", "a\u{202E}b", "a\u{2066}b"];
        for text in control.into_iter().chain(unseen).chain(joined_to_nothing) {
            assert_eq!(rule(text), Some(Rule::ControlCharacter), "{text:?}");
        }
    }

    #[test]
    fn the_key_ignores_case() {
        let key = |text| Name::parse(text, Field::Name).map(|name| name.key());
        assert_eq!(key("ÄRGER"), key("ärger"));
    }

    #[test]
    fn a_name_has_one_spelling() {
        let name = Name::parse("Cafe\u{301}", Field::Name).expect("a name");
        assert_eq!(name.as_str(), "Caf\u{E9}");
        assert!(is_as_shown(" Cafe\u{301} ", name.as_str()));
        assert!(!is_as_shown("Cafe", name.as_str()));
        for (one, other) in [("Sea\u{200D}rch", "Search"), ("\u{FF33}earch", "search"), ("❤\u{FE0F}", "❤")]
        {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }

    #[test]
    fn a_name_can_be_seen() {
        for text in ["\u{300}", "\u{FE0F}", "\u{300}\u{301}"] {
            assert_eq!(rule(text), Some(Rule::Required), "{text:?}");
        }
    }
}
