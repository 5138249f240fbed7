//! Lists come page by page. A page goes on after the last row of the one before, by that row's own
//! sorting keys, so that it costs the same however far down it is and skips nothing when rows come or go.

use crate::limits::{PAGE_LENGTH, PAGE_LENGTH_MAX};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where the next page begins: digits and letters that only the services read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// None on the last page.
    pub next: Option<Cursor>,
}

/// Which page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paging {
    #[serde(default)]
    pub after: Option<Cursor>,
    #[serde(default)]
    pub limit: Option<u32>,
}

impl Paging {
    pub fn length(&self) -> u32 {
        self.limit.unwrap_or(PAGE_LENGTH).clamp(1, PAGE_LENGTH_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_never_empty_nor_endless() {
        let length = |limit| Paging { after: None, limit }.length();
        assert_eq!(length(None), PAGE_LENGTH);
        assert_eq!(length(Some(0)), 1);
        assert_eq!(length(Some(u32::MAX)), PAGE_LENGTH_MAX);
    }
}
