//! Signing in: a password, then a second factor where one is set up.

mod code;
mod password;

pub use code::with_code;
use conifer_domain::ids::UserId;
pub use password::with_password;

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
