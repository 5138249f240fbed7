//! The second factor: six digits from an app (TOTP), or a recovery code when the app is lost.

use crate::{Origin, Result, Services, sessions::Current};
use conifer_domain::{
    Problem,
    accounts::{RecoveryCodes, TwoFactorSetup},
};
use tower_sessions::Session;

/// The secret waits in the session: asking again shows the same one.
pub async fn start(_services: &Services, _session: &Session, _current: &Current) -> Result<TwoFactorSetup> {
    Err(Problem::Unavailable.into())
}

/// Turns it on with the first right code; `CodeWrong`.
pub async fn confirm(
    _services: &Services,
    _origin: &Origin,
    _session: &Session,
    _current: &Current,
    _code: &str,
) -> Result<RecoveryCodes> {
    Err(Problem::Unavailable.into())
}

pub async fn turn_off(
    _services: &Services,
    _origin: &Origin,
    _current: &Current,
    _current_password: &str,
) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// The codes before are dead.
pub async fn new_recovery_codes(
    _services: &Services,
    _origin: &Origin,
    _current: &Current,
    _current_password: &str,
) -> Result<RecoveryCodes> {
    Err(Problem::Unavailable.into())
}
