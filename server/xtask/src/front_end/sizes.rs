//! How much the browser loads, and the limit on the first page's wasm.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::publish::files_under;
use crate::paths;

/// The page that most people load first stays quick on a slow line: the main part and the chunk of this page.
const FIRST_PAGE: &str = "sign_in";
const FIRST_LOAD_WASM_BYTES_MAX: u64 = 250_000;
const FIRST_LOAD: [&str; 4] =
    ["conifer.css", "conifer.js", "conifer.wasm", "__wasm_split.______________________.js"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    raw: u64,
    brotli: u64,
}

/// Prints what is loaded when, keeps each file's size in `target/frontend-sizes.json`, and fails above the limit.
pub fn report(assets: &Path) -> Result<()> {
    let sizes = measure(assets)?;
    let routes: BTreeMap<String, Vec<String>> =
        serde_json::from_slice(&fs::read(assets.join("__wasm_split_manifest.json"))?)?;
    println!("every page:");
    for name in FIRST_LOAD {
        if let Some(size) = sizes.get(name) {
            println!("{:>9} bytes, {:>7} as brotli  {name}", size.raw, size.brotli);
        }
    }
    let first: u64 = FIRST_LOAD.iter().filter_map(|name| sizes.get(*name)).map(|size| size.brotli).sum();
    println!("{:>33}  together", first);
    println!("besides, as brotli, unless a part before brought it:");
    let parts = parts(&sizes, &routes);
    for (name, bytes, files) in &parts {
        println!("{bytes:>9} bytes in {files:>3} files  {name}");
    }
    keep(&sizes, first, &parts)?;
    check(first_load_wasm(&sizes, &parts)?)
}

fn keep(sizes: &BTreeMap<String, Size>, first: u64, parts: &[Part]) -> Result<()> {
    let files: BTreeMap<_, _> =
        sizes.iter().map(|(name, size)| (name, json!({ "raw": size.raw, "brotli": size.brotli }))).collect();
    let parts: BTreeMap<_, _> = parts.iter().map(|(name, bytes, _)| (name, bytes)).collect();
    let report = json!({ "every_page_brotli": first, "parts_brotli": parts, "files": files });
    fs::create_dir_all(paths::root().join("target"))?;
    Ok(fs::write(paths::root().join("target/frontend-sizes.json"), serde_json::to_vec_pretty(&report)?)?)
}

fn measure(assets: &Path) -> Result<BTreeMap<String, Size>> {
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

/// A lazy part of the pages: its name, its bytes and its files.
type Part = (String, u64, usize);

/// The largest first.
fn parts(sizes: &BTreeMap<String, Size>, routes: &BTreeMap<String, Vec<String>>) -> Vec<Part> {
    let part = |(route, chunks): (&String, &Vec<String>)| {
        let bytes = chunks
            .iter()
            .filter_map(|chunk| sizes.get(&format!("{chunk}.wasm")))
            .map(|size| size.brotli)
            .sum();
        // The splitter's names end in a hash of the place in the source.
        let name =
            route.trim_matches('_').trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
        (name.to_owned(), bytes, chunks.len())
    };
    let mut parts: Vec<Part> = routes.iter().map(part).collect();
    parts.sort_by(|(a, a_bytes, _), (b, b_bytes, _)| b_bytes.cmp(a_bytes).then(a.cmp(b)));
    parts
}

fn first_load_wasm(sizes: &BTreeMap<String, Size>, parts: &[Part]) -> Result<u64> {
    let main = sizes.get("conifer.wasm").context("the bundle has no conifer.wasm")?;
    let page = parts.iter().find(|(name, ..)| name == FIRST_PAGE);
    let (_, page_bytes, _) = page.with_context(|| format!("the bundle has no chunk {FIRST_PAGE}"))?;
    Ok(main.brotli + page_bytes)
}

fn check(wasm_bytes: u64) -> Result<()> {
    if wasm_bytes > FIRST_LOAD_WASM_BYTES_MAX {
        bail!(
            "the first load takes {wasm_bytes} bytes of wasm (brotli) of at most {FIRST_LOAD_WASM_BYTES_MAX}: \
             move what the page {FIRST_PAGE} does not need into another chunk, or drop a dependency of the front end"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_inclusive_and_its_message_names_both_numbers() {
        assert!(check(FIRST_LOAD_WASM_BYTES_MAX).is_ok());
        let error = check(FIRST_LOAD_WASM_BYTES_MAX + 1).map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.contains("250001") && text.contains("250000")));
    }

    #[test]
    fn the_first_load_is_the_main_part_and_the_first_page() {
        let sizes = BTreeMap::from([("conifer.wasm".to_owned(), Size { raw: 9, brotli: 100 })]);
        let page = (FIRST_PAGE.to_owned(), 20, 1);
        assert!(first_load_wasm(&sizes, &[page]).is_ok_and(|bytes| bytes == 120));
        assert!(first_load_wasm(&sizes, &[]).is_err());
    }

    #[test]
    fn a_part_counts_the_chunks_it_shares() {
        let size = |brotli| Size { raw: 9, brotli };
        let sizes = BTreeMap::from([
            ("split_b.wasm".to_owned(), size(15)),
            ("split___a_view_77.wasm".to_owned(), size(10)),
            ("chunk_1.wasm".to_owned(), size(7)),
        ]);
        let routes = BTreeMap::from([
            ("__a_view_77".to_owned(), vec!["chunk_1".to_owned(), "split___a_view_77".to_owned()]),
            ("b".to_owned(), vec!["split_b".to_owned()]),
        ]);
        assert_eq!(parts(&sizes, &routes), [("a_view".to_owned(), 17, 2), ("b".to_owned(), 15, 1)]);
    }
}
