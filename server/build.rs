//! Says where the front end's bundle lies. It is embedded in the optimised binary: another bundle makes another binary.

use std::{env, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CONIFER_SITE_HASH");
    let hash = env::var("CONIFER_SITE_HASH").unwrap_or_default();
    println!("cargo:rustc-env=CONIFER_SITE_HASH={hash}");

    // Absolute and without `..`, so that a development build finds the bundle when it is made later.
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let site = package.parent().unwrap_or(&package).join("target/site");
    println!("cargo:rustc-env=CONIFER_SITE={}", site.display());
}
