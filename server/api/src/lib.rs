//! What programs see. Not built yet, and every answer says so in the words of the control plane's errors.

pub mod errors;
pub mod version;

use axum::{Router, middleware, routing::get};
use errors::{ApiError, Area, write_bodies};

pub fn router() -> Router {
    Router::new()
        .route("/healthz", get(async || "alive\n"))
        .fallback(async || ApiError::unimplemented("the API"))
        .layer(middleware::from_fn_with_state(Area::Control, write_bodies))
}
