//! Where in an index something is done.

use crate::{
    errors::{ApiError, Result},
    hosts::Target,
};
use axum::{extract::FromRequestParts, http::request::Parts};
use conifer_domain::ids::IndexId;
use conifer_services::{engine::NamespaceName, namespaces};
use serde::{Deserialize, Deserializer, de::Error as _};

/// The index that the request's address names; one that no index has where it names none.
#[derive(Clone, Copy, Debug)]
pub struct Here(pub IndexId);

impl<S: Sync> FromRequestParts<S> for Here {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        match parts.extensions.get::<Target>() {
            Some(Target::Index(id)) => Ok(Self(*id)),
            _ => Ok(Self(IndexId::NONE)),
        }
    }
}

/// A namespace, and how the caller calls it: answers call it the same.
#[derive(Clone, Debug)]
pub struct Namespace {
    pub name: NamespaceName,
    pub asked: String,
}

impl Namespace {
    pub fn read(asked: &str) -> Result<Self> {
        let name = namespaces::parse(asked).map_err(|invalid| ApiError::invalid(invalid.to_string()))?;
        Ok(Self { name, asked: asked.to_owned() })
    }
}

impl<'de> Deserialize<'de> for Namespace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let asked = Option::<String>::deserialize(deserializer)?.unwrap_or_default();
        let name = namespaces::parse(&asked).map_err(D::Error::custom)?;
        Ok(Self { name, asked })
    }
}

impl Default for Namespace {
    fn default() -> Self {
        Self::read("").expect("the namespace without a name")
    }
}
