//! Sessions in SQL for tower-sessions.

use crate::Services;
use std::fmt;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

#[derive(Clone)]
pub struct Store {
    services: Services,
}

impl Store {
    pub fn new(services: &Services) -> Self {
        Self { services: services.clone() }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("db", self.services.db()).finish()
    }
}

#[async_trait::async_trait]
impl SessionStore for Store {
    async fn create(&self, _record: &mut Record) -> session_store::Result<()> {
        Err(session_store::Error::Backend("unavailable".into()))
    }

    async fn save(&self, _record: &Record) -> session_store::Result<()> {
        Err(session_store::Error::Backend("unavailable".into()))
    }

    async fn load(&self, _id: &Id) -> session_store::Result<Option<Record>> {
        Err(session_store::Error::Backend("unavailable".into()))
    }

    async fn delete(&self, _id: &Id) -> session_store::Result<()> {
        Err(session_store::Error::Backend("unavailable".into()))
    }
}
