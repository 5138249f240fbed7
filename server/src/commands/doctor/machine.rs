//! The data directory and the disk under it.

use super::Finding;
use std::{fs, io::Write, os::unix::fs::PermissionsExt, path::Path};

const DIRECTORY: &str = "data directory";
const DISK: &str = "disk";
const GIB: u64 = 1024 * 1024 * 1024;
const FREE_FEW_BYTES: u64 = 2 * GIB;
const FREE_TOO_FEW_BYTES: u64 = GIB / 4;

pub fn data_directory(path: &Path) -> Finding {
    if let Err(error) = try_writing(path) {
        return Finding::fail(DIRECTORY, format!("{} cannot be written: {error}", path.display()));
    }
    match fs::metadata(path).map(|about| about.permissions().mode() & 0o777) {
        Ok(mode) if mode & 0o077 != 0 => Finding::warn(
            DIRECTORY,
            format!(
                "{0} is open to other users of this machine (mode {mode:o}); run: chmod 700 {0}",
                path.display()
            ),
        ),
        Ok(_) => Finding::ok(DIRECTORY, format!("{} can be written, by its owner only", path.display())),
        Err(error) => Finding::fail(DIRECTORY, format!("{}: {error}", path.display())),
    }
}

fn try_writing(path: &Path) -> std::io::Result<()> {
    let file = path.join(format!(".doctor-{}", std::process::id()));
    let mut handle = fs::File::create_new(&file)?;
    let written = handle.write_all(b"conifer").and_then(|()| handle.sync_all());
    fs::remove_file(&file)?;
    written
}

pub fn disk(path: &Path) -> Finding {
    let free_bytes = match rustix::fs::statvfs(path) {
        Ok(about) => about.f_bavail.saturating_mul(about.f_frsize),
        Err(error) => return Finding::warn(DISK, format!("free space is unknown: {error}")),
    };
    let message = format!("{:.1} GiB free", free_bytes as f64 / GIB as f64);
    match free_bytes {
        ..FREE_TOO_FEW_BYTES => Finding::fail(DISK, format!("{message}; writes will fail soon")),
        FREE_TOO_FEW_BYTES..FREE_FEW_BYTES => Finding::warn(DISK, message),
        _ => Finding::ok(DISK, message),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Outcome;
    use super::*;

    #[test]
    fn an_open_directory_is_warned_about() {
        let directory = tempfile::tempdir().expect("a directory");
        let outcome = |mode| {
            fs::set_permissions(directory.path(), fs::Permissions::from_mode(mode)).expect("permissions");
            data_directory(directory.path()).outcome
        };
        assert_eq!(outcome(0o755), Outcome::Warn);
        assert_eq!(outcome(0o700), Outcome::Ok);
        assert_eq!(data_directory(Path::new("/does/not/exist")).outcome, Outcome::Fail);
    }
}
