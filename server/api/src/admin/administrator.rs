//! Who calls: a service account, by its token.

use crate::{
    Api,
    errors::{ApiError, Code, Result},
    version::ApiVersion,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use conifer_domain::{Problem, ids::OrganizationId};
use conifer_services::{
    Origin,
    authorize::{Granted, Right, authorize},
    service_accounts::{self, ServiceAccess},
};
use std::sync::Arc;

/// One whose token counts and who has not had too much. Taken before anything else of the request is read.
#[derive(Clone, Debug)]
pub struct Administrator {
    pub account: Arc<ServiceAccess>,
    pub origin: Origin,
}

/// The same, for what older versions do not have.
pub struct Newer(pub Administrator);

impl Administrator {
    pub fn organization_id(&self) -> OrganizationId {
        self.account.organization_id()
    }

    /// The proof that it may. What is not there and what it may not know of are one.
    pub async fn may<P: Right>(&self, api: &Api, of: P::Of) -> Result<Granted<P>> {
        Ok(authorize::<P>(&api.services, &self.origin, &self.account, of).await?)
    }
}

impl FromRequestParts<Api> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self> {
        let origin = parts.extensions.get::<Origin>().cloned().ok_or(Problem::Unexpected)?;
        let token = bearer(&parts.headers).ok_or_else(nameless)?;
        let account = service_accounts::authenticate(&api.services, token, &origin).await?;
        account.admit()?;
        ApiVersion::from_request_parts(parts, api).await?;
        Ok(Self { account, origin })
    }
}

impl FromRequestParts<Api> for Newer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self> {
        let caller = Administrator::from_request_parts(parts, api).await?;
        let version = ApiVersion::from_request_parts(parts, api).await?;
        if version < ApiVersion::V2026_07 {
            let message = format!("no such path in version {version}: send X-Pinecone-Api-Version: 2026-07");
            return Err(ApiError::not_found(message));
        }
        Ok(Self(caller))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    Some(token.trim()).filter(|token| scheme.eq_ignore_ascii_case("bearer") && !token.is_empty())
}

fn nameless() -> ApiError {
    let message = "No access token: get one at /oauth/token, and send it as Authorization: Bearer.";
    ApiError::new(Code::Unauthenticated, message)
}
