//! The bundle: what the browser loads, in `target/site/`.

mod bind;
mod compile;
mod parcels;
mod publish;
mod sizes;
mod strip;

use anyhow::Result;

use crate::{step, style, wasm_target};
pub use compile::Mode;
pub use publish::files_under;

/// Builds the bundle and returns its hash.
pub fn build(mode: Mode) -> Result<String> {
    let toolchain = wasm_target::ensure()?;
    let wasm = compile::compile(&toolchain, mode)?;
    let assets = tempfile::tempdir()?;
    let chunks = step::work("Splitting and binding the front end", |_| {
        style::write(&assets.path().join("conifer.css"))?;
        bind::split_and_bind(&wasm, assets.path(), mode)
    })?;
    let hash = publish::hash(assets.path())?;
    if mode == Mode::Optimised {
        step::work("Compressing the front end", |_| publish::compress(assets.path()))?;
        sizes::report(assets.path(), &chunks)?;
    }
    publish::publish(assets.path(), &hash)?;
    Ok(hash)
}
