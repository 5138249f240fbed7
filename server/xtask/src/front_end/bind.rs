//! One wasm becomes the first-load module, the parcels of the lazy routes, and the JavaScript that loads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, SplitWasm, transform};

use super::Mode;
use super::parcels::{self, Chunks, Plan};
use super::strip::strip;

/// Leptos asks for the loader by this name.
const LOADER: &str = "./__wasm_split.______________________.js";
const MAIN_MODULE: &str = "./conifer.js";

/// Returns the parcels of each chunk.
pub fn split_and_bind(wasm: &Path, assets: &Path, mode: Mode) -> Result<Chunks> {
    let scratch = tempfile::tempdir()?;
    let main = scratch.path().join("conifer.wasm");
    let split = split(wasm, scratch.path(), &main)?;
    bind(&main, assets, mode)?;
    if mode == Mode::Optimised {
        for piece in &split.split_modules {
            fs::write(piece, strip(&fs::read(piece)?)?)?;
        }
    }
    let pieces = split.prefetch_map.iter().map(|(name, pieces)| (chunk_name(name), pieces.clone())).collect();
    let plan = Plan::new(&pieces);
    let loader = fs::read_to_string(scratch.path().join(LOADER))?;
    let functions = loaders(&loader, split.prefetch_map.keys())?;
    let loader = parcels::write(&plan, &functions, shared(&loader)?, scratch.path(), assets)?;
    fs::write(assets.join(LOADER), loader)?;
    Ok(plan.chunks)
}

fn split(wasm: &Path, to: &Path, main: &Path) -> Result<SplitWasm> {
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let mut options = Options::new(&bytes);
    options.output_dir = to;
    options.main_out_path = main;
    options.main_module = MAIN_MODULE;
    options.link_name = LOADER;
    transform(options).map_err(|error| anyhow!("cannot split the wasm: {error:#}"))
}

/// The splitter's names end in a hash of the place in the source.
fn chunk_name(name: &str) -> String {
    name.trim_matches('_').trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_').to_owned()
}

/// What the main module calls to load each chunk, as the splitter's own loader has it.
fn loaders<'a>(loader: &str, names: impl Iterator<Item = &'a String>) -> Result<BTreeMap<String, String>> {
    names
        .map(|name| {
            let function = format!("__wasm_split_load_{name}");
            ensure!(
                loader.contains(&format!("export const {function} =")),
                "the splitter's loader has no {function}"
            );
            Ok((chunk_name(name), function))
        })
        .collect()
}

/// What that loader hands to each piece besides the main module's exports: proof of one build, in a debug build.
fn shared(loader: &str) -> Result<&str> {
    let (_, after) =
        loader.split_once("{ __wasm_split: {").context("the splitter's loader shares nothing")?;
    Ok(after.split_once('}').context("what the splitter's loader shares has no end")?.0.trim())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_is_called_as_in_the_source() {
        assert_eq!(chunk_name("__sign_in_662015790698552506"), "sign_in");
        assert_eq!(chunk_name("records_7"), "records");
    }

    #[test]
    fn the_loader_is_read_as_the_splitter_writes_it() -> Result<()> {
        let loader = "sharedImports = { __wasm_split: { __canary_7: ~0xdead, } };\nexport const __wasm_split_load_a_7 = f();";
        assert_eq!(shared(loader)?, "__canary_7: ~0xdead,");
        let known = "a_7".to_owned();
        assert_eq!(loaders(loader, [&known].into_iter())?["a"], "__wasm_split_load_a_7");
        assert!(loaders(loader, [&"b_7".to_owned()].into_iter()).is_err());
        assert!(shared("").is_err());
        Ok(())
    }
}
