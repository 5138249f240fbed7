//! How much the browser loads, and the limit on the first page's wasm.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use serde_json::json;

use super::publish::files_under;
use crate::paths;

/// The first page stays quick on a slow line.
const FIRST_LOAD_WASM_BYTES_MAX: u64 = 250_000;
const FIRST_LOAD: [&str; 4] =
    ["conifer.css", "conifer.js", "conifer.wasm", "__wasm_split.______________________.js"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    raw: u64,
    brotli: u64,
}

/// Prints the sizes, keeps them in `target/frontend-sizes.json`, and fails above the limit.
pub fn report(assets: &Path) -> Result<()> {
    let sizes = measure(assets)?;
    let routes: BTreeMap<String, Vec<String>> =
        serde_json::from_slice(&fs::read(assets.join("__wasm_split_manifest.json"))?)?;
    println!("{:>10} {:>10}  file", "raw", "brotli");
    for (name, size) in &sizes {
        println!("{:>10} {:>10}  {name}", size.raw, size.brotli);
    }
    let first = first_load(&sizes);
    println!("every page loads {} KB (brotli)", first / 1000);
    let largest = largest_route(&sizes, &routes);
    if let Some((route, more)) = &largest {
        println!("the largest page loads {} KB: {} KB more for {route}", (first + more) / 1000, more / 1000);
    }
    let report = json!({
        "files": sizes.iter().map(|(name, size)| (name, json!({"raw": size.raw, "brotli": size.brotli}))).collect::<BTreeMap<_, _>>(),
        "every_page_brotli": first,
        "largest_page_brotli": first + largest.map_or(0, |(_, more)| more),
    });
    fs::create_dir_all(paths::root().join("target"))?;
    fs::write(paths::root().join("target/frontend-sizes.json"), serde_json::to_vec_pretty(&report)?)?;
    check(sizes.get("conifer.wasm").map_or(0, |size| size.brotli))
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

fn first_load(sizes: &BTreeMap<String, Size>) -> u64 {
    FIRST_LOAD.iter().filter_map(|name| sizes.get(*name)).map(|size| size.brotli).sum()
}

/// The lazy route with the most to load, and how much that is.
fn largest_route(
    sizes: &BTreeMap<String, Size>,
    routes: &BTreeMap<String, Vec<String>>,
) -> Option<(String, u64)> {
    let load = |chunks: &[String]| -> u64 {
        chunks.iter().filter_map(|chunk| sizes.get(&format!("{chunk}.wasm"))).map(|size| size.brotli).sum()
    };
    routes.iter().map(|(route, chunks)| (route.clone(), load(chunks))).max_by_key(|(_, bytes)| *bytes)
}

fn check(wasm_bytes: u64) -> Result<()> {
    if wasm_bytes > FIRST_LOAD_WASM_BYTES_MAX {
        bail!(
            "conifer.wasm takes {wasm_bytes} bytes (brotli) of at most {FIRST_LOAD_WASM_BYTES_MAX}: \
             make more pages lazy routes, or drop a dependency of the front end"
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
    fn the_largest_route_counts_its_shared_chunks() {
        let size = |brotli| Size { raw: 9, brotli };
        let sizes = BTreeMap::from([
            ("split_a.wasm".to_owned(), size(10)),
            ("split_b.wasm".to_owned(), size(15)),
            ("chunk_1.wasm".to_owned(), size(7)),
        ]);
        let routes = BTreeMap::from([
            ("a".to_owned(), vec!["chunk_1".to_owned(), "split_a".to_owned()]),
            ("b".to_owned(), vec!["split_b".to_owned()]),
        ]);
        assert_eq!(largest_route(&sizes, &routes), Some(("a".to_owned(), 17)));
    }
}
