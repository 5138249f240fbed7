//! Input that breaks a rule: which field, which rule with its limit, and what was found.

use std::fmt;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct Invalid {
    /// Where it stands, such as `records[3].values`.
    pub field: String,
    pub rule: Rule,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    Length {
        unit: &'static str,
        min: usize,
        max: usize,
        found: usize,
    },
    Dimension {
        expected: usize,
        found: usize,
    },
    /// Which characters are allowed, and the first that is not.
    Characters {
        allowed: &'static str,
        found: char,
        position: usize,
    },
    Finite {
        position: usize,
        found: f64,
    },
    AllZero,
    /// Two lists that belong together have different lengths.
    SameLength {
        with: &'static str,
        expected: usize,
        found: usize,
    },
    Repeated {
        found: String,
    },
    Type {
        expected: &'static str,
        found: String,
    },
    Required {
        why: &'static str,
    },
    NotWanted {
        why: &'static str,
    },
}

impl Invalid {
    pub fn new(field: impl Into<String>, rule: Rule) -> Self {
        Self { field: field.into(), rule }
    }

    /// The same problem, seen from what holds the field.
    pub fn within(mut self, holder: impl fmt::Display) -> Self {
        self.field = format!("{holder}.{}", self.field);
        self
    }
}

/// Checks that `found` of something lies in `min..=max`.
pub(crate) fn check_length(
    field: &str,
    unit: &'static str,
    (min, max): (usize, usize),
    found: usize,
) -> Result<(), Invalid> {
    if (min..=max).contains(&found) {
        return Ok(());
    }
    Err(Invalid::new(field, Rule::Length { unit, min, max, found }))
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { unit, min, max, found } => {
                write!(f, "must be {min} to {max} {unit}, but is {found}")
            }
            Self::Dimension { expected, found } => {
                write!(f, "must have {expected} numbers like its index, but has {found}")
            }
            Self::Characters { allowed, found, position } => {
                write!(f, "may hold only {allowed}, but has {found:?} at position {position}")
            }
            Self::Finite { position, found } => {
                write!(f, "must hold finite numbers, but has {found} at position {position}")
            }
            Self::AllZero => write!(f, "must have at least one number that is not zero"),
            Self::SameLength { with, expected, found } => {
                write!(f, "must be as long as {with}, which has {expected}, but has {found}")
            }
            Self::Repeated { found } => write!(f, "must not repeat, but has {found} more than once"),
            Self::Type { expected, found } => write!(f, "must be {expected}, but is {found}"),
            Self::Required { why } => write!(f, "is required: {why}"),
            Self::NotWanted { why } => write!(f, "must be left out: {why}"),
        }
    }
}
