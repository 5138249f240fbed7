//! Changes come from our own pages only: browsers say where a request was made, and other sites are refused.

use super::answers;
use crate::cli::values::PublicUrl;
use axum::response::Response;
use conifer_domain::Problem;
use tower_http::csrf::{CsrfLayer, ProtectionError};

type Refusal = fn(ProtectionError) -> Response;

/// Behind a proxy that rewrites `Host`, the public address still counts as ours.
pub fn guard(public_url: &PublicUrl) -> CsrfLayer<Refusal> {
    let ours = CsrfLayer::new().add_trusted_origin(public_url.origin());
    ours.unwrap_or_default().with_rejection_response(|_| answers::refuse(Problem::Forbidden))
}
