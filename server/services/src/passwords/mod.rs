//! Passwords: their strength, their change, and the way back when one is forgotten.

use crate::{Origin, Result, Services, sessions::Current};
use conifer_domain::{Problem, passwords::Strength};

/// What one hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashCost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl HashCost {
    pub const PRODUCTION: Self = Self { memory_kib: 19_456, passes: 2, lanes: 1 };
}

/// How hard `password` is to guess for somebody who knows the `hints`, such as name and address.
/// Costs milliseconds of a processor: in async code use [`strength_of`].
pub fn strength(password: &str, _hints: &[&str]) -> Strength {
    Strength::new(0, password)
}

pub async fn strength_of(_services: &Services, _password: &str, _hints: &[&str]) -> Result<Strength> {
    Err(Problem::Unavailable.into())
}

/// Ends all other sessions and mails a notice.
pub async fn change(
    _services: &Services,
    _origin: &Origin,
    _current: &Current,
    _current_password: &str,
    _new_password: &str,
) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// The same answer, as fast, whether the address is known or not.
pub async fn request_reset(_services: &Services, _origin: &Origin, _email: &str) -> Result<()> {
    Err(Problem::Unavailable.into())
}

pub async fn check_reset_link(_services: &Services, _token: &str) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// Ends all sessions, verifies the address and mails a notice.
pub async fn reset(_services: &Services, _origin: &Origin, _token: &str, _new_password: &str) -> Result<()> {
    Err(Problem::Unavailable.into())
}
