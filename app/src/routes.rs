//! Every page and its address.

use crate::home::HomePage;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Conifer".into() } else { format!("{title} · Conifer") } />
        <Router>
            <Routes fallback=|| "Not found">
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// Whether a page may be seen by somebody who is not signed in.
pub fn is_public(path: &str) -> bool {
    const PUBLIC: [&str; 5] = ["/setup", "/sign-in", "/sign-up", "/password-reset", "/confirm-email"];
    PUBLIC
        .iter()
        .any(|page| path == *page || path.strip_prefix(page).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn only_the_ways_in_are_public() {
        for path in ["/sign-in", "/sign-in/second-factor", "/setup", "/password-reset/new"] {
            assert!(is_public(path), "{path}");
        }
        for path in ["/", "/account", "/sign-inn", "/projects/x", ""] {
            assert!(!is_public(path), "{path}");
        }
    }
}
