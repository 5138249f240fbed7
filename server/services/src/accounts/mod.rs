//! A person's own account.

use crate::{Origin, Result, Services, sessions::Current};
use conifer_domain::{Problem, accounts::AccountDetails, theme::Theme};

pub async fn details(_services: &Services, _current: &Current) -> Result<AccountDetails> {
    Err(Problem::Unavailable.into())
}

pub async fn rename(_services: &Services, _origin: &Origin, _current: &Current, _name: &str) -> Result<()> {
    Err(Problem::Unavailable.into())
}

pub async fn set_theme(_services: &Services, _current: &Current, _theme: Theme) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// Mails a link to the new address and a notice to the old one. That an address is taken is not told:
/// its owner gets a mail instead.
pub async fn request_email_change(
    _services: &Services,
    _origin: &Origin,
    _current: &Current,
    _new_email: &str,
    _current_password: &str,
) -> Result<()> {
    Err(Problem::Unavailable.into())
}

pub async fn cancel_email_change(_services: &Services, _origin: &Origin, _current: &Current) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// The new address.
pub async fn check_email_link(_services: &Services, _token: &str) -> Result<String> {
    Err(Problem::Unavailable.into())
}

pub async fn confirm_email_change(_services: &Services, _origin: &Origin, _token: &str) -> Result<()> {
    Err(Problem::Unavailable.into())
}
