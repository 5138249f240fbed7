//! Making an account without an invitation, where that is allowed.

use crate::{Origin, Result, Services, setup::Founded};
use conifer_domain::Problem;

/// Mails a link, or to a known address that it has an account already. The same answer, as fast.
pub async fn request(_services: &Services, _origin: &Origin, _email: &str) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// The address the link was mailed to.
pub async fn check_link(_services: &Services, _token: &str) -> Result<String> {
    Err(Problem::Unavailable.into())
}

pub async fn complete(
    _services: &Services,
    _origin: &Origin,
    _token: &str,
    _name: &str,
    _password: &str,
    _organization_name: &str,
    _project_name: &str,
) -> Result<Founded> {
    Err(Problem::Unavailable.into())
}
