//! Snapshots: the manifest of a moment, and second names for its segments. They take hardly any time or space.

use super::{Index, Manifest, State, layout::MANIFEST, lock, open::make_directory};
use crate::{
    error::{Error, Result},
    log::Log,
    segment,
    vfs::Vfs,
};
use std::path::Path;

impl Index {
    /// Keeps what the index holds now in a new directory. It is complete once its manifest is there.
    pub(crate) fn snapshot(&self, to: &Path) -> Result<()> {
        let mut upkeep = lock(&self.upkeep);
        let flushed: State = self.flush_as(&mut upkeep)?;
        let next = lock(&self.writer).next();
        let vfs = &*self.shared.vfs;
        let manifest = Manifest::of(self.spec, next, &flushed);
        make_directory(vfs, to)?;
        link_segments(vfs, &manifest, &self.directory, to)?;
        manifest.write(vfs, to)
    }
}

pub(crate) fn is_snapshot(vfs: &dyn Vfs, directory: &Path) -> Result<bool> {
    vfs.exists(&directory.join(MANIFEST)).map_err(Error::io("look into", directory))
}

/// Makes of a snapshot what `Index::open` opens.
pub(crate) fn restore(vfs: &dyn Vfs, from: &Path, to: &Path) -> Result<()> {
    let manifest = Manifest::read(vfs, from)?;
    make_directory(vfs, to)?;
    link_segments(vfs, &manifest, from, to)?;
    Log::create(vfs, to, manifest.first_log)?;
    manifest.write(vfs, to)
}

fn link_segments(vfs: &dyn Vfs, manifest: &Manifest, from: &Path, to: &Path) -> Result<()> {
    for number in manifest.files() {
        let name = segment::file_name(number);
        let link = to.join(&name);
        vfs.link(&from.join(&name), &link).map_err(Error::io("link the segment", &link))?;
    }
    Ok(())
}
