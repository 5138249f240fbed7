//! The control plane: indexes and what is made of them.

mod backups;
mod collections;
pub mod indexes;
mod pages;
pub(crate) mod time;
mod unbuilt;

use crate::{
    Api, admin,
    errors::{ApiError, Area, Code, write_bodies},
};
use axum::{Router, middleware, routing::get};
use utoipa_axum::router::OpenApiRouter;

pub const TAG: &str = "control plane";

/// Bodies here are short.
const BODY_MAX_BYTES: usize = 256 << 10;

pub fn router(api: Api) -> Router {
    let (routes, _) = routes().merge(admin::routes()).split_for_parts();
    routes
        .merge(unbuilt::routes())
        .route("/healthz", get(async || "alive\n"))
        .route("/openapi.json", get(crate::openapi::serve))
        .fallback(async || ApiError::not_found("no such path here"))
        .method_not_allowed_fallback(async || {
            ApiError::new(Code::MethodNotAllowed, "this path does not take this method")
        })
        .layer(middleware::from_fn_with_state(Area::Control, write_bodies))
        .with_state(api)
}

pub(crate) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().merge(indexes::routes()).merge(backups::routes()).merge(collections::routes())
}
