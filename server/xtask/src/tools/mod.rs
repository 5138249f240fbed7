//! Programs that the tests need: found, or installed by the system's package manager, or named with the command that would.

pub mod browser;
pub mod component;
pub mod node;
pub mod package;
pub mod python;

use std::env;
use std::path::{Path, PathBuf};

/// The first of these programs that is on the PATH or in one of the other places.
pub fn find(names: &[&str], elsewhere: &[PathBuf]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let places: Vec<PathBuf> = env::split_paths(&path).chain(elsewhere.iter().cloned()).collect();
    names.iter().find_map(|name| places.iter().map(|place| place.join(name)).find(|file| is_program(file)))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_that_cannot_run_is_no_program() -> anyhow::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("conifer-sample-tool");
        fs::write(&file, "")?;
        let places = [dir.path().to_owned()];
        assert_eq!(find(&["conifer-sample-tool"], &places), None);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
        assert_eq!(find(&["absent", "conifer-sample-tool"], &places), Some(file));
        Ok(())
    }
}
