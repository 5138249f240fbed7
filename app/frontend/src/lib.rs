//! The front end's entry: wakes up the page that the server rendered.

use leptos::{logging, mount::hydrate_from_async, prelude::document};
use wasm_bindgen::prelude::wasm_bindgen;

/// Resolves once the page listens: its chunk is loaded and its handlers are in place.
#[wasm_bindgen]
pub async fn hydrate() {
    if cfg!(debug_assertions) {
        // A panic in the browser is a trap without words; while developing, its words reach the console.
        std::panic::set_hook(Box::new(|panic| logging::error!("{panic}")));
    }
    if let Some(body) = document().body() {
        hydrate_from_async(body, conifer_app::App).await.forget();
    }
}
