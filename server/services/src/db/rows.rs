//! Between rows and words.

use crate::{Error, Result};
use sqlx::any::AnyQueryResult;
use std::str::FromStr;

/// An id that sorts after those before it.
pub(crate) fn new_id<Id: From<uuid::Uuid>>() -> Id {
    uuid::Uuid::now_v7().into()
}

/// Reads a word that only Conifer wrote: an unreadable one is a defect.
pub(crate) fn parse<T: FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::internal(format!("a {} cannot be read", std::any::type_name::<T>())))
}

/// Whether a conditional change found its row.
pub(crate) trait Changed {
    fn changed(&self) -> bool;
}

impl Changed for AnyQueryResult {
    fn changed(&self) -> bool {
        self.rows_affected() > 0
    }
}

/// A number of rows.
pub(crate) fn count(rows: i64) -> u64 {
    u64::try_from(rows).unwrap_or(0)
}
