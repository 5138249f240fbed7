//! What can go wrong for a caller, as data: a page, a JSON body and a redirect all carry the same
//! few facts, and every sentence a person reads is made here. A problem holds no free text, so a
//! crafted link cannot put words into Conifer's mouth.

use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum Problem {
    /// One input breaks one rule.
    Invalid {
        field: Field,
        rule: Rule,
    },
    /// The request's arguments cannot be read at all.
    BadRequest,
    /// Unknown e-mail or wrong password: deliberately one answer.
    SignInFailed,
    /// A wrong code of the second factor.
    CodeWrong,
    /// Nobody is signed in, or no longer.
    SignedOut,
    /// Signed in, but not allowed.
    Forbidden,
    NotFound,
    /// A link of set-up, sign-up, reset or confirmation that is unknown, used or too old.
    LinkDead,
    /// Sign-up is by invitation here.
    SignUpClosed,
    /// Somebody else changed the same thing first.
    Conflict,
    TooLarge {
        bytes_max: u64,
    },
    /// Too many tries; the same try may succeed later.
    TooMany {
        retry_after_s: u64,
    },
    /// The server is overloaded or its database does not answer.
    Unavailable,
    /// A defect on our side; the log has it under the request's id.
    Unexpected,
    /// The browser could not reach the server.
    Offline,
}

/// An input that a person can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    Name,
    Email,
    Password,
    CurrentPassword,
    NewPassword,
    Code,
    OrganizationName,
    ProjectName,
    Theme,
    Token,
    Session,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    Required,
    TooLong {
        chars_max: usize,
    },
    TooShort {
        chars_min: usize,
    },
    ControlCharacter,
    NotAnAddress,
    Taken,
    /// As the current value: nothing would change.
    Unchanged,
    TooEasyToGuess,
    Wrong,
    Unknown,
}

impl Problem {
    pub const fn invalid(field: Field, rule: Rule) -> Self {
        Self::Invalid { field, rule }
    }

    /// The field to show the problem at, if it belongs to one.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Invalid { field, .. } => Some(*field),
            Self::CodeWrong => Some(Field::Code),
            _ => None,
        }
    }

    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::SignInFailed | Self::CodeWrong | Self::SignedOut => 401,
            Self::Forbidden | Self::SignUpClosed => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::LinkDead => 410,
            Self::TooLarge { .. } => 413,
            Self::Invalid { .. } => 422,
            Self::TooMany { .. } => 429,
            Self::Unexpected => 500,
            Self::Unavailable | Self::Offline => 503,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { field, rule } => write!(f, "{field} {rule}."),
            Self::BadRequest => {
                f.write_str("This request cannot be understood. Reload the page and try again.")
            }
            Self::SignInFailed => f.write_str("E-mail or password is wrong."),
            Self::CodeWrong => {
                f.write_str("This code is wrong or was used already. Try the next one your app shows.")
            }
            Self::SignedOut => f.write_str("You are signed out. Sign in to go on."),
            Self::Forbidden => f.write_str("You may not do this."),
            Self::NotFound => f.write_str("This does not exist, or you have no access to it."),
            Self::LinkDead => f.write_str("This link was used already or is too old. Ask for a new one."),
            Self::SignUpClosed => {
                f.write_str("New accounts are made by invitation here. Ask an owner to invite you.")
            }
            Self::Conflict => {
                f.write_str("Somebody changed this at the same time. Reload the page and try again.")
            }
            Self::TooLarge { bytes_max } => {
                write!(f, "This is too large: {} KiB at most.", bytes_max / 1024)
            }
            Self::TooMany { retry_after_s } => {
                write!(f, "Too many tries. Wait {} and try again.", wait(*retry_after_s))
            }
            Self::Unavailable => {
                f.write_str("The server is busy. Nothing was changed; try again in a moment.")
            }
            Self::Unexpected => {
                f.write_str("Something went wrong on our side. Nothing was changed; try again.")
            }
            Self::Offline => f.write_str("The server did not answer. Check your connection and try again."),
        }
    }
}

impl std::error::Error for Problem {}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "Name",
            Self::Email => "E-mail",
            Self::Password => "Password",
            Self::CurrentPassword => "Current password",
            Self::NewPassword => "New password",
            Self::Code => "Code",
            Self::OrganizationName => "Organization name",
            Self::ProjectName => "Project name",
            Self::Theme => "Theme",
            Self::Token => "Link",
            Self::Session => "Session",
        })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("is required"),
            Self::TooLong { chars_max } => write!(f, "is too long: {chars_max} characters at most"),
            Self::TooShort { chars_min } => write!(f, "is too short: {chars_min} characters at least"),
            Self::ControlCharacter => {
                f.write_str("contains a character that cannot be shown, such as a line break")
            }
            Self::NotAnAddress => f.write_str("is not an address like name@example.com"),
            Self::Taken => f.write_str("is taken already"),
            Self::Unchanged => f.write_str("is the one you have already"),
            Self::TooEasyToGuess => f.write_str("is too easy to guess: use a few unrelated words"),
            Self::Wrong => f.write_str("is wrong"),
            Self::Unknown => f.write_str("is not one of the choices"),
        }
    }
}

fn wait(seconds: u64) -> String {
    match seconds {
        0 | 1 => "a second".into(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_field_rule_and_limit() {
        let problem = Problem::invalid(Field::Name, Rule::TooLong { chars_max: 512 });
        assert_eq!(problem.to_string(), "Name is too long: 512 characters at most.");
        assert_eq!(problem.field(), Some(Field::Name));
        assert_eq!(problem.status(), 422);
    }

    #[test]
    fn a_wait_is_told_in_its_own_unit() {
        assert_eq!(wait(1), "a second");
        assert_eq!(wait(30), "30 seconds");
        assert_eq!(wait(121), "3 minutes");
    }
}
