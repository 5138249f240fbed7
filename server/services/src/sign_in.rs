//! Signing in: a password, then a second factor where one is set up.

use crate::{Origin, Result, Services};
use conifer_domain::{Problem, ids::UserId};

/// Proof that a person signed in by all the factors they have. Dead once the password changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    pub(crate) user_id: UserId,
    pub(crate) credentials_version: i64,
}

impl Verified {
    pub(crate) fn new(user_id: UserId, credentials_version: i64) -> Self {
        Self { user_id, credentials_version }
    }

    pub fn user_id(&self) -> UserId {
        self.user_id
    }
}

/// Proof of the password alone, where a second factor is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HalfVerified(pub(crate) Verified);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    SignedIn(Verified),
    SecondFactor(HalfVerified),
}

/// `SignInFailed` for an unknown address as for a wrong password; `TooMany` when tries come too fast.
pub async fn with_password(
    _services: &Services,
    _origin: &Origin,
    _email: &str,
    _password: &str,
) -> Result<Verdict> {
    Err(Problem::Unavailable.into())
}

/// Takes six digits of the app or a recovery code; `CodeWrong`, `TooMany`.
pub async fn with_code(
    _services: &Services,
    _origin: &Origin,
    _half: HalfVerified,
    _code: &str,
) -> Result<Verified> {
    Err(Problem::Unavailable.into())
}
