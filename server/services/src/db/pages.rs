//! Pages of a list: cursors hold the sorting keys of the last row.

use crate::{Error, Result, secrets};
use conifer_domain::{
    Problem,
    paging::{Cursor, Page, Paging},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The keys after which the page begins; `BadRequest` for a cursor that is none of ours.
pub(crate) fn after<K: DeserializeOwned>(paging: &Paging) -> Result<Option<K>> {
    let read = |Cursor(text): &Cursor| {
        let bytes = secrets::from_hex(text).ok_or(Problem::BadRequest)?;
        let key = serde_json::from_slice(&bytes).ok().filter(|key| !holds_nul(key));
        Ok(key.and_then(|key| serde_json::from_value(key).ok()).ok_or(Problem::BadRequest)?)
    };
    paging.after.as_ref().map(read).transpose()
}

/// PostgreSQL takes no text that does.
fn holds_nul(key: &Value) -> bool {
    match key {
        Value::String(text) => text.contains('\0'),
        Value::Array(keys) => keys.iter().any(holds_nul),
        Value::Object(keys) => keys.values().any(holds_nul),
        _ => false,
    }
}

/// Makes the page of rows that were asked for one beyond its length.
pub(crate) fn page<R, K: Serialize, T>(
    mut rows: Vec<R>,
    paging: &Paging,
    key: impl Fn(&R) -> K,
    read: impl Fn(R) -> Result<T>,
) -> Result<Page<T>> {
    let length = paging.length() as usize;
    let more = rows.len() > length;
    rows.truncate(length);
    let last = rows.last().filter(|_| more).map(key);
    let next = last.map(|key| cursor(&key)).transpose()?;
    Ok(Page { items: rows.into_iter().map(read).collect::<Result<_>>()?, next })
}

fn cursor(key: &impl Serialize) -> Result<Cursor> {
    let json = serde_json::to_vec(key).map_err(Error::internal)?;
    Ok(Cursor(secrets::hex(&json)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(after: Option<Cursor>) -> Paging {
        Paging { after, limit: Some(2) }
    }

    #[test]
    fn a_cursor_remembers_the_last_row_shown() {
        let rows = vec![("ä \"", 1), ("b", 2), ("c", 3)];
        let page = page(rows, &paging(None), |row| (row.0.to_owned(), row.1), |row| Ok(row.1));
        let page = page.expect("a page");
        assert_eq!(page.items, [1, 2]);
        let key: Option<(String, i64)> = after(&paging(page.next)).expect("a cursor of ours");
        assert_eq!(key, Some(("b".to_owned(), 2)));
    }

    #[test]
    fn the_last_page_says_so() {
        let page = page(vec![1, 2], &paging(None), |row| *row, Ok).expect("a page");
        assert_eq!((page.items.len(), page.next), (2, None));
    }

    #[test]
    fn other_cursors_are_refused() {
        let nul = secrets::hex(br#"["a\u0000",""]"#);
        for text in ["", "zz", "7b", "é", "5b5d", "223", &nul] {
            let outcome = after::<(String, i64)>(&paging(Some(Cursor(text.into()))));
            assert_eq!(outcome.map_err(|error| error.problem()), Err(Problem::BadRequest), "{text}");
        }
    }
}
