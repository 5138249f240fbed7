//! One wasm becomes the first-load module, a chunk per lazy route, and the JavaScript that loads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::Mode;
use super::strip::strip;

/// Leptos asks for the loader by this name.
const LOADER: &str = "./__wasm_split.______________________.js";
const MAIN_MODULE: &str = "./conifer.js";

pub fn split_and_bind(wasm: &Path, assets: &Path, mode: Mode) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let main = scratch.path().join("conifer.wasm");
    let chunks = split(wasm, assets, &main)?;
    bind(&main, assets, mode)?;
    if mode == Mode::Optimised {
        for chunk in chunks {
            let bytes = fs::read(&chunk)?;
            fs::write(&chunk, strip(&bytes)?)?;
        }
    }
    Ok(())
}

fn split(wasm: &Path, assets: &Path, main: &Path) -> Result<Vec<PathBuf>> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = assets;
    options.main_out_path = main;
    options.main_module = MAIN_MODULE;
    options.link_name = LOADER;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("cannot split the wasm: {error:#}"))?;
    // In a fixed order: the bundle's hash must depend on nothing but its content.
    let prefetch: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    fs::write(assets.join("__wasm_split_manifest.json"), serde_json::to_vec(&prefetch)?)?;
    Ok(split.split_modules)
}

fn bind(main: &Path, assets: &Path, mode: Mode) -> Result<()> {
    let optimised = mode == Mode::Optimised;
    Bindgen::new()
        .input_path(main)
        .out_name("conifer")
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        // The chunks link to what the main module exports, by the linker's names.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(optimised)
        .remove_producers_section(optimised)
        .generate(assets)?;
    fs::rename(assets.join("conifer_bg.wasm"), assets.join("conifer.wasm"))?;
    Ok(())
}
