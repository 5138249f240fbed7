//! Lists, in pages or whole.

use crate::{
    errors::{ApiError, Result},
    requests::Parameters,
};
use conifer_domain::{
    limits::PAGE_LENGTH_MAX,
    paging::{Cursor, Page, Paging},
};
use serde::Serialize;
use utoipa::ToSchema;

const PAGE_MAX: usize = 100;
const TOKEN_MAX_BYTES: usize = 2_048;

/// Which page is asked for.
pub fn paging(parameters: &Parameters) -> Result<Paging> {
    let limit = parameters.limit(PAGE_MAX, PAGE_MAX)?;
    let token = parameters.one("paginationToken");
    if token.is_some_and(|token| token.len() > TOKEN_MAX_BYTES) {
        return Err(ApiError::invalid("paginationToken: must be the token that the page before gave"));
    }
    Ok(Paging { after: token.map(|token| Cursor(token.to_owned())), limit: u32::try_from(limit).ok() })
}

/// All there are, page after page, for lists that have no pages in the API.
pub struct All<T> {
    items: Vec<T>,
    next: Option<Paging>,
}

impl<T> All<T> {
    pub fn new() -> Self {
        Self { items: Vec::new(), next: Some(Paging { after: None, limit: Some(PAGE_LENGTH_MAX) }) }
    }

    /// Which page comes next; none after the last.
    pub fn wanted(&mut self) -> Option<Paging> {
        self.next.take()
    }

    pub fn add(&mut self, page: Page<T>) {
        self.items.extend(page.items);
        self.next = page.next.map(|cursor| Paging { after: Some(cursor), limit: Some(PAGE_LENGTH_MAX) });
    }

    pub fn into_items(self) -> Vec<T> {
        self.items
    }
}

#[derive(Serialize, ToSchema)]
pub struct Whole<T> {
    data: Vec<T>,
}

impl<T> Whole<T> {
    pub fn of<K>(items: Vec<K>, model: impl Fn(K) -> T) -> Self {
        Self { data: items.into_iter().map(model).collect() }
    }
}

#[derive(Serialize, ToSchema)]
pub struct Paged<T> {
    data: Vec<T>,
    /// None on the last page.
    pagination: Option<NextPage>,
}

#[derive(Serialize, ToSchema)]
pub struct NextPage {
    next: String,
}

impl<T> Paged<T> {
    pub fn of<K>(page: Page<K>, model: impl Fn(K) -> T) -> Self {
        let pagination = page.next.map(|Cursor(next)| NextPage { next });
        Self { data: page.items.into_iter().map(model).collect(), pagination }
    }
}
