//! How much the browser loads, and the limits on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::parcels::{Chunks, FIRST_PAGE, SHELL, file_name, is_page};
use super::publish::files_under;
use crate::paths;

/// The page that most people load first stays quick on a slow line: the main part and the chunk of this page.
const FIRST_LOAD_WASM_BYTES_MAX: u64 = 250_000;
/// What any page may load in all, but for its own text. The aim is 400,000: most pages are at it, those of records and queries above.
const PAGE_BYTES_MAX: u64 = 475_000;

/// What every page loads.
const FRAME: [&str; 4] =
    ["conifer.css", "conifer.js", "conifer.wasm", "__wasm_split.______________________.js"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    raw: u64,
    brotli: u64,
}

type Sizes = BTreeMap<String, Size>;
/// What the first visit to a page of a chunk loads, as brotli.
type Loads = BTreeMap<String, u64>;

/// Prints what is loaded when, keeps each file's size in `target/frontend-sizes.json`, and fails above a limit.
pub fn report(assets: &Path, chunks: &Chunks) -> Result<()> {
    let sizes = measure(assets)?;
    println!("every page, as brotli:");
    for (name, size) in FRAME.iter().filter_map(|name| sizes.get_key_value(*name)) {
        println!("{:>9} bytes of {:>7}  {name}", size.brotli, size.raw);
    }
    println!("in all, the first visit to a page of:");
    let loads = loads(&sizes, chunks);
    for (name, bytes) in &loads {
        let own = bytes_of(&sizes, [&file_name(name)]);
        println!("{bytes:>9} bytes  {name}, itself {own}");
    }
    keep(&sizes, &loads)?;
    check_first(first_load_wasm(&sizes, chunks)?)?;
    check_pages(&loads)
}

fn keep(sizes: &Sizes, loads: &Loads) -> Result<()> {
    let files: BTreeMap<_, _> =
        sizes.iter().map(|(name, size)| (name, json!({ "raw": size.raw, "brotli": size.brotli }))).collect();
    let report = json!({ "pages_brotli": loads, "files": files });
    fs::create_dir_all(paths::root().join("target"))?;
    Ok(fs::write(paths::root().join("target/frontend-sizes.json"), serde_json::to_vec_pretty(&report)?)?)
}

fn measure(assets: &Path) -> Result<Sizes> {
    let mut sizes = BTreeMap::new();
    for file in files_under(assets)? {
        let name = file.strip_prefix(assets)?.to_string_lossy().into_owned();
        if name.ends_with(".br") {
            continue;
        }
        let brotli = fs::metadata(assets.join(format!("{name}.br")))?.len();
        sizes.insert(name, Size { raw: fs::metadata(&file)?.len(), brotli });
    }
    Ok(sizes)
}

fn bytes_of<'a>(sizes: &Sizes, files: impl IntoIterator<Item = &'a String>) -> u64 {
    files.into_iter().filter_map(|name| sizes.get(name)).map(|size| size.brotli).sum()
}

fn loads(sizes: &Sizes, chunks: &Chunks) -> Loads {
    let frame = bytes_of(sizes, &FRAME.map(str::to_owned));
    let pages = chunks.iter().filter(|(name, _)| is_page(name));
    pages.map(|(name, parcels)| (name.clone(), frame + parcel_bytes(sizes, parcels))).collect()
}

fn parcel_bytes(sizes: &Sizes, parcels: &[String]) -> u64 {
    parcels.iter().filter_map(|parcel| sizes.get(&file_name(parcel))).map(|size| size.brotli).sum()
}

fn first_load_wasm(sizes: &Sizes, chunks: &Chunks) -> Result<u64> {
    let main = sizes.get("conifer.wasm").context("the bundle has no conifer.wasm")?;
    let page = chunks.get(FIRST_PAGE).with_context(|| format!("the bundle has no chunk {FIRST_PAGE}"))?;
    Ok(main.brotli + parcel_bytes(sizes, page))
}

fn check_first(wasm_bytes: u64) -> Result<()> {
    if wasm_bytes > FIRST_LOAD_WASM_BYTES_MAX {
        bail!(
            "the first load takes {wasm_bytes} bytes of wasm (brotli) of at most {FIRST_LOAD_WASM_BYTES_MAX}: \
             move what the page {FIRST_PAGE} does not need into another chunk, or drop a dependency of the front end"
        );
    }
    Ok(())
}

fn check_pages(loads: &Loads) -> Result<()> {
    let Some((name, bytes)) = loads.iter().find(|(_, bytes)| **bytes > PAGE_BYTES_MAX) else {
        return Ok(());
    };
    bail!(
        "a page of the chunk {name} takes {bytes} bytes (brotli) of at most {PAGE_BYTES_MAX}: \
         give some of its pages, or of {SHELL}'s, a chunk of their own in app/src/chunks.rs"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(files: &[(&str, u64)]) -> Sizes {
        files.iter().map(|(name, brotli)| ((*name).to_owned(), Size { raw: 9, brotli: *brotli })).collect()
    }

    fn chunks_of(files: &[(&str, &[&str])]) -> Chunks {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        files.iter().map(|(name, files)| ((*name).to_owned(), owned(files))).collect()
    }

    #[test]
    fn the_limits_are_inclusive_and_their_messages_name_both_numbers() {
        assert!(check_first(FIRST_LOAD_WASM_BYTES_MAX).is_ok());
        let names = |text: String, max: u64| {
            text.contains(&(max + 1).to_string()) && text.contains(&format!("most {max}"))
        };
        let error = check_first(FIRST_LOAD_WASM_BYTES_MAX + 1).map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| names(text, FIRST_LOAD_WASM_BYTES_MAX)));
        let page = |bytes| check_pages(&Loads::from([("people".to_owned(), bytes)]));
        assert!(page(PAGE_BYTES_MAX).is_ok());
        let error = page(PAGE_BYTES_MAX + 1).map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.contains("people") && names(text, PAGE_BYTES_MAX)));
    }

    #[test]
    fn the_first_load_is_the_main_part_and_the_first_page() {
        let sizes = sizes(&[("conifer.wasm", 100), ("sign_in.parcel", 20), ("other.parcel", 3)]);
        let chunks = chunks_of(&[(FIRST_PAGE, &["sign_in"])]);
        assert!(first_load_wasm(&sizes, &chunks).is_ok_and(|bytes| bytes == 120));
        assert!(first_load_wasm(&sizes, &Chunks::new()).is_err());
    }

    #[test]
    fn a_page_loads_the_frame_and_its_parcels() {
        let sizes = sizes(&[("conifer.css", 1), ("conifer.wasm", 10), ("a.parcel", 100), ("b.parcel", 1000)]);
        let chunks = chunks_of(&[("people", &["a", "b"]), ("sign_in", &["a"])]);
        let expected = [("people", 1111), ("sign_in", 111)];
        assert_eq!(loads(&sizes, &chunks), expected.map(|(name, bytes)| (name.to_owned(), bytes)).into());
    }
}
