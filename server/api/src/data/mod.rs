//! The data plane: what is done to one index, which the request's address names.

pub(crate) mod imports;
pub mod namespaces;
pub(crate) mod place;
mod unbuilt;
pub(crate) mod usage;
pub mod vectors;

use crate::{
    Api,
    errors::{ApiError, Area, Code, write_bodies},
};
use axum::{Router, middleware};
use utoipa_axum::router::OpenApiRouter;

pub const TAG: &str = "data plane";

/// What every body may have.
pub(crate) const BODY_MAX_BYTES: usize = 2 << 20;

pub fn router(api: Api) -> Router {
    let (routes, _) = routes().split_for_parts();
    routes
        .fallback(async || ApiError::not_found("no such path here"))
        .method_not_allowed_fallback(async || {
            ApiError::new(Code::MethodNotAllowed, "this path does not take this method")
        })
        .layer(middleware::from_fn_with_state(Area::Data, write_bodies))
        .merge(unbuilt::routes())
        .with_state(api)
}

pub(crate) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().merge(vectors::routes()).merge(namespaces::routes()).merge(imports::routes())
}
