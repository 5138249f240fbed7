//! The bundle at its place: `assets/<hash>/`, the static files, and the manifest that names the hash.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::paths;

/// All files under a directory, in a fixed order.
pub fn files_under(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut entries = fs::read_dir(dir)
        .with_context(|| format!("cannot read {}", dir.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files.extend(files_under(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// Of names and contents: equal bundles have equal addresses, different ones different addresses.
pub fn hash(assets: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for file in files_under(assets)? {
        let name = file.strip_prefix(assets)?.to_string_lossy().into_owned();
        let content = fs::read(&file)?;
        hash.update(format!("{name}\n{}\n", content.len()));
        hash.update(content);
    }
    Ok(format!("{:x}", hash.finalize())[..16].to_owned())
}

/// Writes `.br` beside each file, at brotli's best.
pub fn compress(assets: &Path) -> Result<()> {
    let files = files_under(assets)?;
    thread::scope(|scope| {
        let threads: Vec<_> = files.iter().map(|file| scope.spawn(|| compress_file(file))).collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })
}

fn compress_file(file: &Path) -> Result<()> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, 11, 24);
    writer.write_all(&fs::read(file)?)?;
    drop(writer);
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    Ok(fs::write(name, compressed)?)
}

/// Puts the bundle in place as a whole: a server that reads it meanwhile sees the old one or the new one.
pub fn publish(assets: &Path, hash: &str) -> Result<()> {
    let site = paths::site();
    let next = site.with_extension("next");
    let old = site.with_extension("old");
    for dir in [&next, &old] {
        if dir.exists() {
            fs::remove_dir_all(dir)?;
        }
    }
    fs::create_dir_all(&next)?;
    copy_tree(assets, &next.join("assets").join(hash))?;
    let public = paths::root().join("public");
    if public.exists() {
        copy_tree(&public, &next)?;
    }
    fs::write(next.join("manifest.json"), json!({ "hash": hash }).to_string())?;
    if site.exists() {
        fs::rename(&site, &old)?;
    }
    fs::rename(&next, &site)?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    for file in files_under(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&file, &target)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_depends_on_names_and_contents_alone() -> Result<()> {
        let hash_of = |files: &[(&str, &str)]| -> Result<String> {
            let dir = tempfile::tempdir()?;
            for (name, content) in files {
                fs::write(dir.path().join(name), content)?;
            }
            hash(dir.path())
        };
        let one = hash_of(&[("a", "1"), ("b", "2")])?;
        assert_eq!(one, hash_of(&[("b", "2"), ("a", "1")])?);
        assert_ne!(one, hash_of(&[("a", "1"), ("b", "3")])?);
        assert_ne!(one, hash_of(&[("a", "1"), ("c", "2")])?);
        assert_eq!(one.len(), 16);
        Ok(())
    }

    #[test]
    fn each_file_gets_a_smaller_twin_that_unpacks_to_it() -> Result<()> {
        let dir = tempfile::tempdir()?;
        let text = "conifer ".repeat(1000);
        fs::write(dir.path().join("a.js"), &text)?;
        compress(dir.path())?;
        let packed = fs::read(dir.path().join("a.js.br"))?;
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked)?;
        assert_eq!(unpacked, text.as_bytes());
        assert!(packed.len() < text.len() / 10);
        Ok(())
    }
}
