//! Where the next page begins: the last name of the page before, in letters and digits.

use crate::errors::{ApiError, Result};
use conifer_services::engine::{NamespaceName, RecordId};
use std::fmt::Write;

/// The namespace without a name has a token too.
const BEGIN: char = 'p';

pub fn write(last: &str) -> String {
    last.bytes().fold(String::from(BEGIN), |mut token, byte| {
        let _ = write!(token, "{byte:02x}");
        token
    })
}

pub fn read_id(token: Option<&str>) -> Result<Option<RecordId>> {
    read(token)?.map(|last| RecordId::new(&last).map_err(|_| strange())).transpose()
}

pub fn read_namespace(token: Option<&str>) -> Result<Option<NamespaceName>> {
    read(token)?.map(|last| NamespaceName::new(&last).map_err(|_| strange())).transpose()
}

/// None where the first page is asked for.
fn read(token: Option<&str>) -> Result<Option<String>> {
    let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(None) };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |pair: &[u8]| Some(16 * digit(pair[0])? + digit(*pair.get(1)?)?);
    let pairs = token.strip_prefix(BEGIN).ok_or_else(strange)?.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = pairs.map(byte).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map(Some).ok_or_else(strange)
}

fn strange() -> ApiError {
    ApiError::invalid("paginationToken: must be the token that the page before gave")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_on() {
        for last in ["a", "x y/\u{7f}", "0"] {
            let id = read_id(Some(&write(last))).expect("a token");
            assert_eq!(id.expect("an id").as_str(), last);
        }
        let first = read_namespace(Some(&write(""))).expect("a token");
        assert_eq!(first.expect("the namespace without a name").as_str(), "");
        assert_eq!(read_id(Some("")), Ok(None));
        for strange in ["a", "61", "pzz", "p6", "pc3", "p00"] {
            assert!(read_id(Some(strange)).is_err(), "{strange}");
        }
    }
}
