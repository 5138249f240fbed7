//! What is shown to the person it was just made for, and to nobody else: it waits in the session, for also
//! without scripts it must outlive the redirect after the form. It goes with the session, when it is
//! dismissed, or when its time is over, and only the browser it waits for can open it.

use super::unexpected;
use crate::Failure;
use conifer_domain::limits::MINUTE_MS;
use conifer_services::{Services, sessions::sealed};
use serde::{Serialize, de::DeserializeOwned};
use std::marker::PhantomData;
use tower_sessions::Session;

const SHOWN_MAX_MS: i64 = 10 * MINUTE_MS;

pub struct Fresh<T> {
    key: &'static str,
    kind: PhantomData<fn() -> T>,
}

impl<T: Serialize + DeserializeOwned + Send + Sync> Fresh<T> {
    pub const fn new(key: &'static str) -> Self {
        Self { key, kind: PhantomData }
    }

    /// Keeps it for the page that the redirect leads to.
    pub async fn keep(&self, services: &Services, session: &Session, value: T) -> Result<(), Failure> {
        let until_ms = services.clock().now_ms() + SHOWN_MAX_MS;
        let sealed = sealed::seal(session, self.key, &value)?;
        session.insert(self.key, (until_ms, sealed)).await.map_err(unexpected)
    }

    /// What is still to be shown.
    pub async fn kept(&self, services: &Services, session: &Session) -> Result<Option<T>, Failure> {
        let kept = session.get::<(i64, String)>(self.key).await.map_err(unexpected)?;
        match kept {
            Some((until_ms, sealed)) if services.clock().now_ms() < until_ms => {
                Ok(sealed::open(session, self.key, &sealed))
            }
            Some(_) => self.forget(session).await.map(|()| None),
            None => Ok(None),
        }
    }

    pub async fn forget(&self, session: &Session) -> Result<(), Failure> {
        session.remove_value(self.key).await.map(|_| ()).map_err(unexpected)
    }
}
