//! Lists of the control plane come in pages.

use crate::{
    errors::{ApiError, Result},
    requests::Parameters,
};
use conifer_domain::paging::{Cursor, Page, Paging};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

const PAGE: usize = 10;
const PAGE_MAX: usize = 100;
const TOKEN_MAX_BYTES: usize = 2_048;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code)]
pub(super) struct PageParameters {
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    #[param(rename = "paginationToken")]
    pagination_token: Option<String>,
}

/// Which page is asked for.
pub(super) fn paging(parameters: &Parameters) -> Result<Paging> {
    let limit = parameters.limit(PAGE, PAGE_MAX)?;
    let token = parameters.one("paginationToken");
    if token.is_some_and(|token| token.len() > TOKEN_MAX_BYTES) {
        return Err(ApiError::invalid("paginationToken: must be the token that the page before gave"));
    }
    Ok(Paging { after: token.map(|token| Cursor(token.to_owned())), limit: u32::try_from(limit).ok() })
}

#[derive(Serialize, ToSchema)]
pub(super) struct List<T> {
    data: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Next>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Next {
    next: String,
}

impl<T> List<T> {
    pub fn of<K>(page: Page<K>, model: impl Fn(K) -> T) -> Self {
        let pagination = page.next.map(|Cursor(next)| Next { next });
        Self { data: page.items.into_iter().map(model).collect(), pagination }
    }
}
