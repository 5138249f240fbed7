//! `POST /oauth/token`: a secret for a token that lives half an hour. Its refusals have the form of OAuth.

use super::{BODY_MAX_BYTES, TAG};
use crate::{Api, errors::ApiError, requests};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use conifer_domain::Problem;
use conifer_services::{Origin, service_accounts};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub const PATH: &str = "/oauth/token";
const GRANT: &str = "client_credentials";

pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(get_token))
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct TokenRequest {
    client_id: Option<String>,
    client_secret: Option<String>,
    /// Always client_credentials.
    grant_type: Option<String>,
    /// Taken, and not looked at: tokens count here.
    #[allow(dead_code)]
    audience: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TokenResponse {
    access_token: String,
    #[schema(value_type = String)]
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct TokenError {
    #[schema(value_type = String)]
    error: &'static str,
    error_description: String,
}

/// A refusal, and after how many seconds to come again.
struct Refused(StatusCode, TokenError, Option<u64>);

impl Refused {
    fn request(error: &'static str, description: impl Into<String>) -> Self {
        let error_description = description.into();
        Self(StatusCode::BAD_REQUEST, TokenError { error, error_description }, None)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, error, seconds) = self;
        let mut response = (status, Json(error)).into_response();
        if let Some(seconds) = seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<conifer_services::Error> for Refused {
    fn from(error: conifer_services::Error) -> Self {
        let name = match error.problem() {
            Problem::ClientRefused => "invalid_client",
            Problem::TooMany { .. } => "too_many_requests",
            Problem::Unavailable => "temporarily_unavailable",
            _ => "server_error",
        };
        let ApiError { code, message, retry_after_s } = error.into();
        let error = TokenError { error: name, error_description: message.into_owned() };
        Self(code.status(), error, retry_after_s)
    }
}

async fn read(request: Request) -> Result<TokenRequest, Refused> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_form = kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let bytes = requests::read(request, BODY_MAX_BYTES)
        .await
        .map_err(|error| Refused::request("invalid_request", error.message))?;
    if is_form {
        let of = |name: &str| {
            let mut found = form_urlencoded::parse(&bytes).filter(|(found, _)| found == name);
            found.next().map(|(_, value)| value.into_owned())
        };
        let (client_id, client_secret) = (of("client_id"), of("client_secret"));
        return Ok(TokenRequest {
            client_id,
            client_secret,
            grant_type: of("grant_type"),
            audience: of("audience"),
        });
    }
    requests::parse(&bytes).map_err(|error| Refused::request("invalid_request", error.message))
}

/// Gives a service account a token for its secret.
#[utoipa::path(post, path = "/oauth/token", tag = TAG, security(()),
    request_body(content((TokenRequest = "application/json"), (TokenRequest = "application/x-www-form-urlencoded"))),
    responses((status = OK, body = TokenResponse)))]
pub(crate) async fn get_token(State(api): State<Api>, request: Request) -> Response {
    match answer(&api, request).await {
        Ok(token) => token,
        Err(refused) => refused.into_response(),
    }
}

async fn answer(api: &Api, request: Request) -> Result<Response, Refused> {
    let origin = request.extensions().get::<Origin>().cloned();
    let origin = origin.ok_or_else(|| conifer_services::Error::from(Problem::Unexpected))?;
    let request = read(request).await?;
    let missing = |field: &str| Refused::request("invalid_request", format!("{field}: is missing"));
    match request.grant_type.as_deref() {
        Some(GRANT) => {}
        None => return Err(missing("grant_type")),
        Some(_) => {
            let description = format!("grant_type: must be {GRANT}");
            return Err(Refused::request("unsupported_grant_type", description));
        }
    }
    let client_id = request.client_id.filter(|id| !id.is_empty()).ok_or_else(|| missing("client_id"))?;
    let secret = request.client_secret.filter(|secret| !secret.is_empty());
    let secret = secret.ok_or_else(|| missing("client_secret"))?;
    let token = service_accounts::issue(&api.services, &origin, &client_id, &secret).await?;
    let body = TokenResponse {
        access_token: token.text.expose_secret().to_owned(),
        token_type: "Bearer",
        expires_in: token.lives_ms / 1_000,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response())
}
