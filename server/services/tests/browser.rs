//! A browser as far as sessions go: it keeps the cookie and makes requests with it.

use crate::house::{House, origin};
use conifer_services::{
    Origin, Services,
    sessions::{self, Current, Store},
    sign_in::{self, Verdict},
};
use std::sync::Arc;
use tower_sessions::{Session, session::Id};

pub struct Browser {
    services: Services,
    store: Arc<Store>,
    pub cookie: Option<Id>,
    pub origin: Origin,
}

impl Browser {
    pub fn new(house: &House) -> Self {
        let services = house.services.clone();
        Self { store: Arc::new(Store::new(&services)), services, cookie: None, origin: origin() }
    }

    /// A request begins: what the session layer hands to a handler.
    pub fn request(&self) -> Session {
        Session::new(self.cookie, Arc::clone(&self.store), None)
    }

    /// A request ends: the layer saves what changed and sets the cookie.
    pub async fn answer(&mut self, session: &Session) {
        if session.is_empty().await {
            self.cookie = None;
        } else if session.is_modified() {
            session.save().await.expect("a saved session");
            self.cookie = session.id();
        }
    }

    pub async fn verified(&mut self, verdict: Verdict) {
        let session = self.request();
        let (services, origin) = (&self.services, &self.origin);
        match verdict {
            Verdict::SignedIn(verified) => sessions::begin(services, &session, origin, verified).await,
            Verdict::SecondFactor(half) => {
                sessions::await_second_factor(services, &session, origin, half).await
            }
        }
        .expect("a session");
        self.answer(&session).await;
    }

    /// Signs in by password alone.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> Current {
        let verdict =
            sign_in::with_password(&self.services, &self.origin, email, password).await.expect("a verdict");
        self.verified(verdict).await;
        self.current().await.expect("somebody signed in")
    }

    pub async fn current(&self) -> Option<Current> {
        sessions::current(&self.services, &self.request()).await.expect("an answer")
    }

    pub async fn sign_out(&mut self) {
        let session = self.request();
        sessions::end(&self.services, &self.origin, &session).await.expect("signed out");
        self.answer(&session).await;
    }
}
