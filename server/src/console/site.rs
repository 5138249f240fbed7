//! The front end's bundle: inside the optimised binary, read from disk by a development build.

use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;
use std::sync::Arc;

#[derive(RustEmbed)]
#[folder = "$CONIFER_SITE"]
#[allow_missing = true]
struct Files;

#[derive(Deserialize)]
struct Manifest {
    hash: String,
}

const MANIFEST: &str = "manifest.json";
const ASSETS: &str = "assets/";

/// The path under which this bundle's files are served; none when there is no bundle.
pub fn base() -> Option<Arc<str>> {
    if cfg!(debug_assertions) {
        return read_base();
    }
    static BASE: std::sync::LazyLock<Option<Arc<str>>> = std::sync::LazyLock::new(read_base);
    BASE.clone()
}

fn read_base() -> Option<Arc<str>> {
    let manifest = Files::get(MANIFEST)?;
    match serde_json::from_slice::<Manifest>(&manifest.data) {
        Ok(Manifest { hash }) => Some(format!("/assets/{hash}").into()),
        Err(error) => {
            tracing::error!(%error, "the front end's manifest cannot be read");
            None
        }
    }
}

pub fn get(path: &str) -> Option<EmbeddedFile> {
    Files::get(path)
}

/// Files served at the root, such as the favicon.
pub fn public_files() -> impl Iterator<Item = String> {
    let hidden = |path: &str| path == MANIFEST || path.starts_with(ASSETS) || path.ends_with(".br");
    Files::iter().map(|path| path.into_owned()).filter(move |path| !hidden(path))
}
