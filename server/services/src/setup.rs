//! The first owner: by a link printed at the first start, or by the command line.

use crate::{Origin, Result, Services, sign_in::Verified};
use conifer_domain::{
    Problem,
    ids::{OrganizationId, ProjectId, UserId},
};

/// What the first owner types.
pub struct Founding {
    pub name: String,
    pub email: String,
    pub password: String,
    pub organization_name: String,
    pub project_name: String,
}

/// A new account with its organization and project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Founded {
    pub user_id: UserId,
    pub organization_id: OrganizationId,
    pub project_id: ProjectId,
}

impl Founded {
    /// Who just chose a password needs not type it again.
    pub fn verified(&self) -> Verified {
        Verified::new(self.user_id, 0)
    }
}

pub async fn is_founded(_services: &Services) -> Result<bool> {
    Err(Problem::Unavailable.into())
}

/// A fresh `{public_url}/setup?token=…`, the only one in force; none once there is an owner.
pub async fn new_link(_services: &Services) -> Result<Option<String>> {
    Err(Problem::Unavailable.into())
}

pub async fn check_link(_services: &Services, _token: &str) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// One wins; for the rest the link is dead.
pub async fn found(
    _services: &Services,
    _origin: &Origin,
    _token: &str,
    _founding: Founding,
) -> Result<Founded> {
    Err(Problem::Unavailable.into())
}

/// Idempotent: the same e-mail, organization and project give the same ids; others are refused with
/// [`crate::Error::Operator`].
pub async fn bootstrap(_services: &Services, _founding: Founding) -> Result<Founded> {
    Err(Problem::Unavailable.into())
}
