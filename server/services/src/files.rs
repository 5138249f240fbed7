//! Files that only the operating system's user may read.

use crate::{Error, Result};
use std::{
    fs::{DirBuilder, File, OpenOptions},
    io,
    path::Path,
};

/// Makes the directory and its parents for this user alone; one that exists stays as it is.
pub(crate) fn private_dir(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| cannot("make the directory", path, &error))
}

/// Takes a directory from everybody else.
pub(crate) fn make_private(path: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::{fs, os::unix::fs::PermissionsExt};
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))
            .map_err(|error| cannot("protect the directory", path, &error))?;
    }
    Ok(())
}

/// Makes the file if it is missing.
pub(crate) fn private_file(path: &Path) -> Result<()> {
    match create(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(cannot("make the file", path, &error)),
    }
}

/// A new file, private from its first moment.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn cannot(what: &str, path: &Path, error: &io::Error) -> Error {
    Error::Operator(format!("Cannot {what} {}: {error}.", path.display()))
}
