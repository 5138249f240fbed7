//! Where things are.

use std::env;
use std::path::PathBuf;

/// The repository.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map(PathBuf::from).unwrap_or(here)
}

/// Where cargo builds: `CARGO_TARGET_DIR` if set, as for every cargo command.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// The bundle that the server embeds; always in the repository, for the server's source names it.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// The optimised server.
pub fn release_server() -> PathBuf {
    target().join("release/conifer")
}

/// The development server.
pub fn dev_server() -> PathBuf {
    target().join("debug/conifer")
}
