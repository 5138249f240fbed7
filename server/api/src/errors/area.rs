//! The shape of error bodies. Clients read the two planes' bodies differently.

use super::{ApiError, Code};
use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Indexes, collections, backups; the admin API; records and documents.
    Control,
    /// Vectors, namespaces and imports.
    Data,
}

impl Area {
    pub fn body(self, error: &ApiError) -> Value {
        let ApiError { code, message, .. } = error;
        match self {
            Self::Control => json!({
                "status": code.status().as_u16(),
                "error": { "code": code.as_str(), "message": message }
            }),
            Self::Data => json!({ "code": code.number(), "message": message, "details": [] }),
        }
    }
}

/// The layer around an area's routes: gives errors their body.
pub(crate) async fn write_bodies(State(area): State<Area>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(error) = response.extensions_mut().remove::<ApiError>() else { return response };
    let said = match error.code {
        // On both planes, whatever the client accepts.
        Code::Unauthenticated => error.message.into_owned().into_response(),
        _ => Json(area.body(&error)).into_response(),
    };
    let (head, body) = said.into_parts();
    response.headers_mut().extend(head.headers);
    response.map(|_| body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_area_has_its_body() {
        let error = ApiError::not_found("no index is named \"x\"");
        let control =
            json!({"status": 404, "error": {"code": "NOT_FOUND", "message": "no index is named \"x\""}});
        assert_eq!(Area::Control.body(&error), control);
        let data = json!({"code": 5, "message": "no index is named \"x\"", "details": []});
        assert_eq!(Area::Data.body(&error), data);
    }
}
