//! Which version of the API a request speaks. Each answer has the shape of the version asked for.

use crate::errors::ApiError;
use axum::{extract::FromRequestParts, http::request::Parts};
use std::fmt;

pub const HEADER: &str = "x-pinecone-api-version";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiVersion {
    /// What requests without the header get: programs older than it.
    #[default]
    V2025_01,
    V2025_04,
    V2025_10,
    V2026_04,
    /// Indexes have a schema and a deployment instead of dimension, metric and spec.
    V2026_07,
}

impl ApiVersion {
    pub const ALL: [Self; 5] =
        [Self::V2025_01, Self::V2025_04, Self::V2025_10, Self::V2026_04, Self::V2026_07];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V2025_01 => "2025-01",
            Self::V2025_04 => "2025-04",
            Self::V2025_10 => "2025-10",
            Self::V2026_04 => "2026-04",
            Self::V2026_07 => "2026-07",
        }
    }

    pub fn parse(text: &str) -> Result<Self, ApiError> {
        Self::ALL.into_iter().find(|version| version.as_str() == text).ok_or_else(|| {
            let known = Self::ALL.map(Self::as_str).join(", ");
            ApiError::invalid(format!("X-Pinecone-Api-Version: {text:?} is not one of {known}"))
        })
    }

    /// Whether indexes are described by schema and deployment.
    pub fn has_schemas(self) -> bool {
        self >= Self::V2026_07
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<S: Sync> FromRequestParts<S> for ApiVersion {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match parts.headers.get(HEADER) {
            None => Ok(Self::default()),
            Some(value) => Self::parse(&String::from_utf8_lossy(value.as_bytes())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_known_by_name() {
        for version in ApiVersion::ALL {
            assert_eq!(ApiVersion::parse(version.as_str()), Ok(version));
        }
        let refused = ApiVersion::parse("2024-07").expect_err("too old");
        assert_eq!(
            refused.message,
            "X-Pinecone-Api-Version: \"2024-07\" is not one of 2025-01, 2025-04, 2025-10, 2026-04, 2026-07"
        );
    }

    #[test]
    fn only_the_newest_has_schemas() {
        assert!(ApiVersion::V2026_07.has_schemas());
        assert!(!ApiVersion::V2026_04.has_schemas() && !ApiVersion::default().has_schemas());
    }
}
