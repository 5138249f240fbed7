//! When the session ends under an open page, the way leads to sign-in and back.

use leptos::prelude::*;
use leptos_router::location::Url;

/// Leaves for the sign-in page, which comes back here. A full load, so that nothing of the ended session stays.
pub fn go() {
    let location = window().location();
    let Ok(path) = location.pathname() else { return };
    if !crate::routes::is_public(&path) {
        _ = location.set_href(&format!("/sign-in?next={}", Url::escape(&path)));
    }
}
