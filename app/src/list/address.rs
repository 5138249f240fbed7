//! A list's part of the address.

use conifer_domain::paging::{Cursor, Paging};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// The parameter that says after which row the page begins.
pub const AFTER: &str = "after";

/// One parameter of the address, trimmed; empty when it is not there.
pub fn use_parameter(name: &'static str) -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get_str(name).unwrap_or_default().trim().to_owned()))
}

/// Which page of the list the address asks for.
pub fn use_paging() -> Memo<Paging> {
    let after = use_parameter(AFTER);
    Memo::new(move |_| Paging {
        after: Some(after.get()).filter(|after| !after.is_empty()).map(Cursor),
        limit: None,
    })
}

/// The query without these parameters.
pub fn without(query: &ParamsMap, leave_out: impl Fn(&str) -> bool) -> ParamsMap {
    query.clone().into_iter().filter(|(name, value)| !leave_out(name) && !value.is_empty()).collect()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_it_is_not_asked_to_leave_out() {
        let query: ParamsMap = [("search", "a&b"), ("sort", ""), ("after", "7b")].into_iter().collect();
        assert_eq!(without(&query, |name| name == AFTER).to_query_string(), "?search=a%26b");
    }
}
