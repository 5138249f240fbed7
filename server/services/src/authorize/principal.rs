//! Who asks: a person who is signed in, or a program by its key or as a service account.

use super::of::{Of, Standing, locked_place, locked_standing, standing_of};
use crate::{
    Result, Services,
    api_keys::{self, KeyAccess},
    audit::Actor,
    db::Tx,
    service_accounts::{self, ServiceAccess},
    sessions::Current,
    views::View,
};
use conifer_domain::{
    Problem,
    ids::{ServiceAccountId, UserId},
    permissions::Action,
};
use std::{fmt, sync::Arc};

/// Somebody whom the table can be asked about.
pub trait Principal: Sync {
    fn who(&self) -> Who;
}

impl Principal for Current {
    fn who(&self) -> Who {
        self.view.clone().map_or_else(|| Who::Person(self.user_id()), Who::Viewer)
    }
}

impl Principal for Who {
    fn who(&self) -> Who {
        self.clone()
    }
}

impl Principal for Arc<KeyAccess> {
    fn who(&self) -> Who {
        Who::Key(Self::clone(self))
    }
}

impl Principal for Arc<ServiceAccess> {
    fn who(&self) -> Who {
        Who::ServiceAccount(Self::clone(self))
    }
}

/// A principal as a proof keeps it.
#[derive(Clone)]
pub enum Who {
    Person(UserId),
    ServiceAccount(Arc<ServiceAccess>),
    Key(Arc<KeyAccess>),
    /// A person who looks through others' eyes.
    Viewer(Arc<View>),
}

/// Who has roles of their own, makes things and owns them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    Person(UserId),
    ServiceAccount(ServiceAccountId),
}

impl Author {
    /// As the columns for people take it.
    pub(crate) fn person_text(self) -> Option<String> {
        match self {
            Self::Person(id) => Some(id.to_string()),
            Self::ServiceAccount(_) => None,
        }
    }

    /// As the columns for service accounts take it.
    pub(crate) fn account_text(self) -> Option<String> {
        match self {
            Self::Person(_) => None,
            Self::ServiceAccount(id) => Some(id.to_string()),
        }
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => id.fmt(f),
            Self::ServiceAccount(id) => id.fmt(f),
        }
    }
}

impl Who {
    pub(crate) fn actor(&self) -> Actor {
        match self {
            Self::Person(id) => Actor::User(*id),
            Self::ServiceAccount(account) => Actor::ServiceAccount(account.id()),
            Self::Key(key) => Actor::Key(key.id()),
            Self::Viewer(view) => Actor::User(view.viewer()),
        }
    }

    /// The key that asks.
    pub(super) fn key(&self) -> Option<&Arc<KeyAccess>> {
        match self {
            Self::Person(_) | Self::ServiceAccount(_) | Self::Viewer(_) => None,
            Self::Key(key) => Some(key),
        }
    }

    /// What is looked through, by who looks through others' eyes.
    pub(crate) fn view(&self) -> Option<&View> {
        if let Self::Viewer(view) = self { Some(view) } else { None }
    }

    /// The key whose limits count.
    pub(super) fn limiting_key(&self) -> Option<&Arc<KeyAccess>> {
        match self {
            Self::Viewer(view) => view.key(),
            other => other.key(),
        }
    }

    /// None for a key, which only counts within its project, and for who only looks.
    pub(crate) fn author(&self) -> Option<Author> {
        match self {
            Self::Person(id) => Some(Author::Person(*id)),
            Self::ServiceAccount(account) => Some(Author::ServiceAccount(account.id())),
            Self::Key(_) | Self::Viewer(_) => None,
        }
    }

    /// A program that never stops asking must not fill the log.
    pub(super) fn may_note_denial(&self, action: Action, now_ms: i64) -> bool {
        match self {
            // What a view does not show is no denial of anybody.
            Self::Viewer(_) => false,
            Self::Person(_) => true,
            Self::ServiceAccount(account) => account.may_note_denial(action, now_ms),
            Self::Key(key) => key.may_note_denial(action, now_ms),
        }
    }

    /// What they are to a thing, as far as `action` goes; None when there is none for them. What a person or an
    /// account is somewhere is looked up in the database, a key's project in memory.
    pub(super) async fn standing<O: Of>(
        &self,
        services: &Services,
        of: O,
        action: Action,
    ) -> Result<Option<Standing>> {
        match self {
            Self::Person(id) => standing_of(services.db(), of, Author::Person(*id)).await,
            Self::ServiceAccount(account) => {
                standing_of(services.db(), of, Author::ServiceAccount(account.id())).await
            }
            Self::Key(key) => Ok(of.is_within(services, key).await?.then(|| Standing::of_key(key, action))),
            Self::Viewer(view) => view.standing(services, of, action).await,
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
            Self::Person(id) => Ok((self.clone(), locked_standing(tx, of, Author::Person(*id)).await?)),
            Self::ServiceAccount(account) => {
                let author = Author::ServiceAccount(account.id());
                let standing = locked_standing(tx, of, author).await?;
                service_accounts::check_locked(tx, account, now_ms).await?;
                Ok((self.clone(), standing))
            }
            Self::Key(key) => {
                let place = locked_place(tx, of).await?;
                let key = api_keys::locked(tx, key, now_ms).await?;
                let standing =
                    place.filter(|place| place.is_within(&key)).map(|_| Standing::of_key(&key, action));
                Ok((Self::Key(key), standing))
            }
            Self::Viewer(_) => Err(Problem::OnlyLooking.into()),
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "{id}"),
            Self::ServiceAccount(account) => write!(f, "service account {}", account.id()),
            Self::Key(key) => write!(f, "key {}", key.id()),
            Self::Viewer(view) => write!(f, "{} by a view", view.viewer()),
        }
    }
}
