//! E-mail addresses, as far as they can be judged without sending a mail.

use crate::{
    limits::EMAIL_LENGTH_MAX_BYTES,
    problem::{Field, Problem, Rule},
};
use std::fmt;

/// An address as its owner writes it. Two addresses are the same when their keys are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let rule = if text.is_empty() {
            Rule::Required
        } else if text.len() > EMAIL_LENGTH_MAX_BYTES {
            Rule::TooLong { chars_max: EMAIL_LENGTH_MAX_BYTES }
        } else if !is_address(text) {
            Rule::NotAnAddress
        } else {
            return Ok(Self(text.to_owned()));
        };
        Err(Problem::invalid(Field::Email, rule))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What addresses are compared by: mail systems in use do not tell case apart.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The shape that mail servers accept in practice: no quoting, no comments, no address literals.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    is_local(local) && is_domain(domain)
}

fn is_local(local: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    (1..=64).contains(&local.len())
        && local.chars().all(allowed)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_pass() {
        for text in ["ada@example.com", " ada+conifer@mail.example.org ", "root@localhost", "日本@例え.jp"]
        {
            assert!(EmailAddress::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_no_mail_server_takes_is_refused() {
        for text in [
            "ada",
            "@example.com",
            "ada@",
            "a b@example.com",
            "ada@exa mple.com",
            ".ada@example.com",
            "ada..b@example.com",
            "ada@-example.com",
            "ada@example..com",
            "ada@example.com\nBcc:eve@example.com",
            "<ada@example.com>",
        ] {
            let refused = Err(Problem::invalid(Field::Email, Rule::NotAnAddress));
            assert_eq!(EmailAddress::parse(text).map(|_| ()), refused, "{text}");
        }
    }

    #[test]
    fn length_is_limited() {
        let long = format!("a@{}.example", "b".repeat(EMAIL_LENGTH_MAX_BYTES));
        assert_eq!(
            EmailAddress::parse(&long),
            Err(Problem::invalid(Field::Email, Rule::TooLong { chars_max: EMAIL_LENGTH_MAX_BYTES }))
        );
    }

    #[test]
    fn the_key_ignores_case() {
        let key = |text| EmailAddress::parse(text).map(|address| address.key());
        assert_eq!(key("Ada@Example.COM"), key("ada@example.com"));
    }
}
