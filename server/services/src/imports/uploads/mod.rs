//! Files that people upload, chunk by chunk, until an import reads them. Rows are the truth: what lies in the directory
//! without one is removed, and what a row counts as received is on disk.

mod begin;
mod chunks;
mod read;
mod start;
mod sweep;

use super::sources::Place;
use crate::{Error, Result, Services, files::private_dir};
pub use begin::{NewUpload, abandon, begin};
pub use chunks::append;
use object_store::{local::LocalFileSystem, path::Path};
pub use read::{get, list, preview};
pub use start::{Start, start};
use std::{path::PathBuf, sync::Arc};
pub(crate) use sweep::remove_strays;
pub(super) use sweep::sweep;

fn directory(services: &Services) -> PathBuf {
    services.settings().data_dir.join("uploads")
}

/// Where all of them lie, each under its id.
pub(super) fn place(services: &Services) -> Result<Place> {
    let directory = directory(services);
    private_dir(&directory)?;
    let store = LocalFileSystem::new_with_prefix(directory).map_err(Error::internal)?;
    Ok(Place { store: Arc::new(store), path: Path::default() })
}
