//! Who asks: a person who is signed in, or a program by its key.

use super::of::{Of, Standing, locked_place, locked_standing, standing_of};
use crate::{
    Result, Services,
    api_keys::{self, KeyAccess},
    audit::Actor,
    db::Tx,
    sessions::Current,
};
use conifer_domain::{ids::UserId, permissions::Action};
use std::{fmt, sync::Arc};

/// Somebody whom the table can be asked about.
pub trait Principal: Sync {
    fn who(&self) -> Who;
}

impl Principal for Current {
    fn who(&self) -> Who {
        Who::Person(self.user_id())
    }
}

impl Principal for Arc<KeyAccess> {
    fn who(&self) -> Who {
        Who::Key(Self::clone(self))
    }
}

/// A principal as a proof keeps it.
#[derive(Clone)]
pub enum Who {
    Person(UserId),
    Key(Arc<KeyAccess>),
}

impl Who {
    pub(crate) fn actor(&self) -> Actor {
        match self {
            Self::Person(id) => Actor::User(*id),
            Self::Key(key) => Actor::Key(key.id()),
        }
    }

    pub(super) fn key(&self) -> Option<&Arc<KeyAccess>> {
        match self {
            Self::Person(_) => None,
            Self::Key(key) => Some(key),
        }
    }

    /// What they are to a thing, as far as `action` goes; None when there is none for them. A person's membership
    /// is looked up in the database, a key's project in memory.
    pub(super) async fn standing<O: Of>(
        &self,
        services: &Services,
        of: O,
        action: Action,
    ) -> Result<Option<Standing>> {
        match self {
            Self::Person(id) => standing_of(services.db(), of, *id).await,
            Self::Key(key) => Ok(of.is_within(services, key).await?.then(|| Standing::of_key(key, action))),
        }
    }

    /// The same, true until the transaction ends, and who it is by then: a key may have lost something.
    pub(super) async fn locked<O: Of>(
        &self,
        tx: &mut Tx,
        of: O,
        action: Action,
        now_ms: i64,
    ) -> Result<(Self, Option<Standing>)> {
        match self {
            Self::Person(id) => Ok((self.clone(), locked_standing(tx, of, *id).await?)),
            Self::Key(key) => {
                let place = locked_place(tx, of).await?;
                let key = api_keys::locked(tx, key, now_ms).await?;
                let standing =
                    place.filter(|place| place.is_within(&key)).map(|_| Standing::of_key(&key, action));
                Ok((Self::Key(key), standing))
            }
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "{id}"),
            Self::Key(key) => write!(f, "key {}", key.id()),
        }
    }
}
