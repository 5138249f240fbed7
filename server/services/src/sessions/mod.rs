//! Where a person is signed in. The cookie's secret is kept as a hash; the row knows its user.

mod store;

use crate::{
    Origin, Result, Services,
    sign_in::{HalfVerified, Verified},
};
use conifer_domain::{Problem, accounts::Account, ids::SessionId, sessions::SessionSummary};
pub use store::Store;
use tower_sessions::Session;

/// The person who is signed in and the session that says so; only [`current`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Current {
    pub session_id: SessionId,
    pub account: Account,
}

/// Signs in: a new secret in the cookie, the old session is dead.
pub async fn begin(
    _services: &Services,
    _session: &Session,
    _origin: &Origin,
    _verified: Verified,
) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// Remembers a right password until the second factor comes.
pub async fn await_second_factor(
    _services: &Services,
    _session: &Session,
    _origin: &Origin,
    _half: HalfVerified,
) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// None when nobody waits, or for too long.
pub async fn awaiting_second_factor(
    _services: &Services,
    _session: &Session,
) -> Result<Option<HalfVerified>> {
    Err(Problem::Unavailable.into())
}

/// Who is signed in. One query; notes the visit at most once a minute.
pub async fn current(_services: &Services, _session: &Session) -> Result<Option<Current>> {
    Err(Problem::Unavailable.into())
}

/// Signs out. A request still in flight cannot bring the session back.
pub async fn end(_services: &Services, _origin: &Origin, _session: &Session) -> Result<()> {
    Err(Problem::Unavailable.into())
}

pub async fn list(_services: &Services, _current: &Current) -> Result<Vec<SessionSummary>> {
    Err(Problem::Unavailable.into())
}

/// `NotFound` for the session of somebody else.
pub async fn end_one(
    _services: &Services,
    _origin: &Origin,
    _current: &Current,
    _id: SessionId,
) -> Result<()> {
    Err(Problem::Unavailable.into())
}

/// How many ended.
pub async fn end_others(_services: &Services, _origin: &Origin, _current: &Current) -> Result<u64> {
    Err(Problem::Unavailable.into())
}
