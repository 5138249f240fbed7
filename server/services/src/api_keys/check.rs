//! What people may ask of a key.

use crate::Result;
use conifer_domain::{
    Field, Name, Problem, Rule,
    api_keys::KeyRights,
    limits::{KEY_NAME_LENGTH_MAX_CHARS, KEY_OVERLAP_MAX_MS},
};

/// Before anything is begun that ends with making a key.
pub fn check_name(text: &str) -> Result<()> {
    parse_name(text).map(|_| ())
}

pub(super) fn parse_name(text: &str) -> Result<Name> {
    Ok(Name::parse_within(text, Field::KeyName, KEY_NAME_LENGTH_MAX_CHARS)?)
}

pub(super) fn check_rights(rights: &KeyRights, now_ms: i64) -> Result<(), Problem> {
    let refused = |field, rule| Err(Problem::invalid(field, rule));
    match rights {
        _ if rights.roles.is_empty() => refused(Field::KeyRoles, Rule::Required),
        _ if rights.expires_at_ms.is_some_and(|end_ms| end_ms <= now_ms) => {
            refused(Field::KeyExpiry, Rule::Past)
        }
        _ if rights.limits.requests_per_s == Some(0) => refused(Field::KeyRequests, Rule::NotANumber),
        _ if rights.limits.bytes_per_s == Some(0) => refused(Field::KeyBytes, Rule::NotANumber),
        _ if rights.limits.bytes_per_s.is_some_and(|rate| i64::try_from(rate).is_err()) => {
            refused(Field::KeyBytes, Rule::TooLate)
        }
        _ => rights.scope.check(),
    }
}

pub(super) fn check_overlap(overlap_ms: i64) -> Result<(), Problem> {
    match overlap_ms {
        0..=KEY_OVERLAP_MAX_MS => Ok(()),
        _ => Err(Problem::invalid(Field::KeyOverlap, Rule::TooLate)),
    }
}
