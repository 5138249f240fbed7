//! The shape of error bodies. Clients read the two planes' bodies differently.

use super::{ApiError, Code};
use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Indexes, collections, backups; the admin API; records and documents.
    Control,
    /// Vectors, namespaces and imports.
    Data,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ControlError {
    status: u16,
    error: Said,
}

#[derive(Serialize, ToSchema)]
struct Said {
    #[schema(value_type = String)]
    code: &'static str,
    message: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct DataError {
    code: i32,
    message: String,
    /// Always empty.
    details: Vec<String>,
}

impl Area {
    /// An answer with all but what the error itself puts into its head.
    fn body(self, ApiError { code, message, .. }: ApiError) -> Response {
        let (status, message) = (code.status().as_u16(), message.into_owned());
        match self {
            Self::Control => {
                Json(ControlError { status, error: Said { code: code.as_str(), message } }).into_response()
            }
            Self::Data => {
                Json(DataError { code: code.number(), message, details: Vec::new() }).into_response()
            }
        }
    }
}

/// The layer around an area's routes: gives errors their body.
pub(crate) async fn write_bodies(State(area): State<Area>, request: Request, next: Next) -> Response {
    area.finish(next.run(request).await)
}

impl Area {
    /// Gives an error that is on its way out the body of this area.
    pub fn finish(self, mut response: Response) -> Response {
        let Some(error) = response.extensions_mut().remove::<ApiError>() else { return response };
        let said = match error.code {
            // On both planes, whatever the client accepts.
            Code::Unauthenticated => error.message.into_owned().into_response(),
            _ => self.body(error),
        };
        let (head, body) = said.into_parts();
        response.headers_mut().extend(head.headers);
        response.map(|_| body)
    }
}
