//! The HTML document around every page.

use crate::App;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;
use std::sync::Arc;

/// Where the front end's files are served; `base` is none when no bundle was built, and pages then
/// come without style and scripts, still complete.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    pub base: Option<Arc<str>>,
}

/// The whole document. The theme stands on the root element, so that the first paint has the right colours.
pub fn document(assets: Assets) -> impl IntoView {
    let links = assets.base.map(|base| {
        view! {
            <link rel="stylesheet" href=format!("{base}/conifer.css") />
            <link rel="modulepreload" href=format!("{base}/conifer.js") nonce=use_nonce() crossorigin="" />
            <link rel="preload" href=format!("{base}/conifer.wasm") r#as="fetch" r#type="application/wasm" crossorigin="" />
            <script type="module" nonce=use_nonce()>{start_script(&base)}</script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#12291f" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/site.webmanifest" crossorigin="use-credentials" />
                {links}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

fn start_script(base: &str) -> String {
    format!(
        "import init, {{ hydrate }} from '{base}/conifer.js';\
         await init({{ module_or_path: '{base}/conifer.wasm' }});\
         await hydrate();\
         document.documentElement.dataset.hydrated = 'true';"
    )
}

#[cfg(feature = "ssr")]
fn theme() -> &'static str {
    crate::server::theme().as_str()
}

#[cfg(not(feature = "ssr"))]
fn theme() -> &'static str {
    conifer_domain::theme::Theme::default().as_str()
}
