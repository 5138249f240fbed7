//! The organizations a person belongs to.

use crate::{Result, Services, sessions::Current};
use conifer_domain::{Problem, organizations::OrganizationSummary};

pub async fn list(_services: &Services, _current: &Current) -> Result<Vec<OrganizationSummary>> {
    Err(Problem::Unavailable.into())
}
