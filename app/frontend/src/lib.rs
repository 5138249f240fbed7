//! The front end's entry: wakes up the page that the server rendered.

use leptos::{mount::hydrate_from_async, prelude::document};
use wasm_bindgen::prelude::wasm_bindgen;

/// Resolves once the page listens: its chunk is loaded and its handlers are in place.
#[wasm_bindgen]
pub async fn hydrate() {
    if let Some(body) = document().body() {
        hydrate_from_async(body, conifer_app::App).await.forget();
    }
}
