//! Where to go after signing in. The wish comes from the address bar, so it is not trusted.

use crate::routes::is_public;
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, location::Url};

/// The wish in the address of this page, as it came.
pub fn use_next() -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("next").unwrap_or_default()))
}

/// The start page.
const HOME: &str = "/";

/// An invitation can be read by everybody and accepted by who is signed in.
fn wants_a_person(page: &str) -> bool {
    page == "/invite" || !is_public(page)
}

/// The wished path when it is a page of this origin that wants a person signed in, else the start page.
pub fn safe_next(next: &str) -> &str {
    // Browsers read `//` and `/\` as another host, and skip line breaks and tabs while reading.
    let is_path = next.starts_with('/') && !next.starts_with("//");
    let is_plain = next.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let page = next.split(['?', '#']).next().unwrap_or_default();
    if is_path && is_plain && wants_a_person(page) { next } else { HOME }
}

/// `page` with the wish as its `next`, left out where it is the start page anyway.
pub fn with_next(page: &str, next: &str) -> String {
    match safe_next(next) {
        HOME => page.to_owned(),
        next => format!("{page}?next={}", Url::escape(next)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_ours_is_kept() {
        for next in
            ["/", "/account", "/account?tab=sessions#other", "/projects/0198/x%20y", "/invite?token=a1"]
        {
            assert_eq!(safe_next(next), next);
        }
    }

    #[test]
    fn no_wish_leaves_the_origin() {
        for next in [
            "",
            "account",
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " //evil.example",
            "javascript:alert(1)",
            "/account\r\nSet-Cookie: a=b",
            "/käse",
        ] {
            assert_eq!(safe_next(next), "/", "{next:?}");
        }
    }

    #[test]
    fn the_ways_in_are_no_goal() {
        for next in ["/sign-in", "/sign-in?next=/account", "/sign-in/second-factor", "/sign-up"] {
            assert_eq!(safe_next(next), "/", "{next}");
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn the_wish_is_escaped_on_its_way() {
        assert_eq!(with_next("/sign-in", "/"), "/sign-in");
        assert_eq!(with_next("/sign-in", "//evil.example"), "/sign-in");
        assert_eq!(with_next("/sign-in", "/a?b=c&d=e"), "/sign-in?next=%2Fa%3Fb%3Dc%26d%3De");
    }
}
