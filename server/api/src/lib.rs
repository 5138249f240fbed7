//! What programs see. Not built yet, and every answer says so in the words of the control plane's errors.

use axum::{
    Json, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;

pub fn router() -> Router {
    Router::new().route("/healthz", get(async || "alive\n")).fallback(unimplemented)
}

async fn unimplemented() -> Response {
    let status = StatusCode::NOT_IMPLEMENTED;
    let body = json!({
        "status": status.as_u16(),
        "error": {
            "code": "UNIMPLEMENTED",
            "message": "This version of Conifer has no API yet. Its console manages accounts."
        }
    });
    (status, Json(body)).into_response()
}
