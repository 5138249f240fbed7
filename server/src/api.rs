//! The listeners of the API: its own, and one for each index.
//!
//! From the outside in: observe → panics → arrival → the API's own routing.

use crate::telemetry::requests::{self, Client, TrustedProxies};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Response, header},
    middleware::{self, Next},
    response::IntoResponse,
};
use conifer_api::{
    Api,
    errors::{ApiError, Area, Code},
    hosts::Arrival,
};
use conifer_domain::ids::IndexId;
use conifer_services::Origin;
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;

/// Where requests of one listener come in.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// The index that a port belongs to; the API's own port belongs to none.
    pub index: Option<IndexId>,
    pub tls: bool,
}

pub fn router(api: Api, proxies: &TrustedProxies) -> Router {
    conifer_api::router(api)
        .layer(middleware::from_fn(arrive))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(middleware::from_fn_with_state(proxies.clone(), requests::observe))
}

/// The same router behind a door of its own.
pub fn behind(door: Door, router: &Router) -> Router {
    router.clone().layer(middleware::from_fn_with_state(door, note_door))
}

async fn note_door(State(door): State<Door>, mut request: Request, next: Next) -> Response<Body> {
    request.extensions_mut().insert(door);
    next.run(request).await
}

async fn arrive(mut request: Request, next: Next) -> Response<Body> {
    let extensions = request.extensions();
    if let (Some(&door), Some(client)) = (extensions.get::<Door>(), extensions.get::<Client>().cloned()) {
        let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        let origin = Origin {
            address: client.address,
            user_agent: agent.unwrap_or_default().to_owned(),
            request_id: client.request_id.to_string(),
        };
        let arrival = Arrival { index: door.index, tls: door.tls, trusted: client.by_proxy };
        request.extensions_mut().insert(origin);
        request.extensions_mut().insert(arrival);
    }
    next.run(request).await
}

fn after_panic(_: Box<dyn Any + Send>) -> Response<Body> {
    let error = ApiError::new(Code::Internal, "Something went wrong here; the log tells more.");
    Area::Control.finish(error.into_response())
}
