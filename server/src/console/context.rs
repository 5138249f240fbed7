//! What pages and server functions find in their context.

use super::{Console, headers::ScriptNonce, site};
use axum::http::request::Parts;
use conifer_api::openapi;
use conifer_app::{
    Assets,
    server::{ApiDescribed, Visitor},
};
use leptos::prelude::{provide_context, use_context};
use tower_sessions::Session;

pub fn provider(console: &Console) -> impl Fn() + Clone + Send + Sync + 'static {
    let (services, api) = (console.services.clone(), console.api.clone());
    move || {
        provide_context(services.clone());
        provide_context(Assets { base: site::base() });
        provide_context(ApiDescribed(openapi::reference));
        // The integration puts the request's head into the context first.
        if let Some(parts) = use_context::<Parts>() {
            provide_context(api.reached(&parts));
            provide_of_request(&parts);
        }
    }
}

fn provide_of_request(parts: &Parts) {
    if let Some(visitor) = parts.extensions.get::<Visitor>() {
        provide_context(visitor.clone());
    }
    if let Some(session) = parts.extensions.get::<Session>() {
        provide_context(session.clone());
    }
    if let Some(ScriptNonce(nonce)) = parts.extensions.get::<ScriptNonce>() {
        provide_context(nonce.clone());
    }
}
