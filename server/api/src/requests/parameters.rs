//! What stands behind the question mark of an address.

use crate::errors::{ApiError, Result};
use axum::{extract::FromRequestParts, http::request::Parts};
use url::form_urlencoded;

/// Names and values in the order of the address. A name may come more than once.
#[derive(Clone, Debug, Default)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub fn read(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    pub fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The last of this name; none when it is empty.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.all(name).last().filter(|value| !value.is_empty())
    }

    /// How long a page is: `default` unless asked for.
    pub fn limit(&self, default: usize, max: usize) -> Result<usize> {
        let Some(text) = self.one("limit") else { return Ok(default) };
        check_limit(text.parse().ok(), text, max)
    }
}

/// `found` as it was written.
pub fn check_limit(limit: Option<i64>, found: impl std::fmt::Display, max: usize) -> Result<usize> {
    let fits = limit.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| (1..=max).contains(limit));
    fits.ok_or_else(|| ApiError::invalid(format!("limit: must be 1 to {max}, but is {found}")))
}

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_repeat() {
        let parameters = Parameters::read("ids=a&ids=b%20c&namespace=&x");
        assert_eq!(parameters.all("ids").collect::<Vec<_>>(), ["a", "b c"]);
        assert_eq!(parameters.one("namespace"), None);
    }

    #[test]
    fn a_limit_is_named_with_its_value() {
        let limit = |query| Parameters::read(query).limit(100, 100).map_err(|error| error.message);
        assert_eq!(limit(""), Ok(100));
        assert_eq!(limit("limit=7"), Ok(7));
        for (query, found) in [("limit=0", "0"), ("limit=101", "101"), ("limit=x", "x"), ("limit=-1", "-1")] {
            assert_eq!(limit(query), Err(format!("limit: must be 1 to 100, but is {found}").into()));
        }
    }
}
