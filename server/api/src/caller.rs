//! Who calls: the key that a request carries, and what it may.

use crate::{
    Api,
    bill::Bill,
    data::usage::Usage,
    errors::{ApiError, Code, Result},
    version::ApiVersion,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use conifer_domain::{Problem, ids::ProjectId};
use conifer_services::{
    Origin,
    api_keys::{self, KeyAccess},
    authorize::{Granted, Right, authorize},
};
use std::sync::Arc;

const API_KEY: &str = "api-key";

/// A key that counts and has not had too much. Taken before anything else of the request is read.
#[derive(Clone, Debug)]
pub struct Caller {
    pub key: Arc<KeyAccess>,
    pub origin: Origin,
    bill: Bill,
}

impl Caller {
    pub fn project_id(&self) -> Result<ProjectId> {
        Ok(self.key.project_id()?)
    }

    /// The proof that it may, of a project or of an index. What is not there and what it may not know of are one.
    pub async fn may<P: Right>(&self, api: &Api, of: P::Of) -> Result<Granted<P>> {
        self.bill.is_for(P::ACTION.key_right());
        Ok(authorize::<P>(&api.services, &self.origin, &self.key, of).await?)
    }

    /// Puts what a read costs on its bill.
    pub fn spends(&self, usage: Usage) -> Usage {
        self.bill.read(usage);
        usage
    }

    /// Notes how many records came with it.
    pub fn wrote(&self, records: u64) {
        self.bill.wrote(records);
    }
}

impl FromRequestParts<Api> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self> {
        let origin = parts.extensions.get::<Origin>().cloned().ok_or(Problem::Unexpected)?;
        let secret = secret(&parts.headers).ok_or_else(nameless)?;
        let key = api_keys::authenticate(&api.services, secret, &origin).await?;
        let bill = parts.extensions.get::<Bill>().cloned().ok_or(Problem::Unexpected)?;
        bill.send_to(&key);
        key.admit()?;
        // Not every answer has a shape of its own, but what nobody knows is refused everywhere.
        ApiVersion::from_request_parts(parts, api).await?;
        Ok(Self { key, origin, bill })
    }
}

/// From the header that the clients have for it, or as a bearer's token.
pub fn secret(headers: &HeaderMap) -> Option<&str> {
    let own = headers.get(API_KEY).and_then(|value| value.to_str().ok());
    let bearer = || {
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    };
    own.or_else(bearer).filter(|secret| !secret.is_empty())
}

fn nameless() -> ApiError {
    ApiError::new(Code::Unauthenticated, "No API key: send one in the header Api-Key.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_key_comes_in_one_of_two_headers() {
        let headers = |name: &'static str, value: &'static str| {
            HeaderMap::from_iter([(header::HeaderName::from_static(name), HeaderValue::from_static(value))])
        };
        assert_eq!(secret(&headers("api-key", "pcsk_a")), Some("pcsk_a"));
        assert_eq!(secret(&headers("authorization", "bearer pcsk_a")), Some("pcsk_a"));
        for (name, value) in [("api-key", ""), ("authorization", "Basic x"), ("authorization", "pcsk_a")] {
            assert_eq!(secret(&headers(name, value)), None, "{name}: {value}");
        }
    }
}
