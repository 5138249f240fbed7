//! Removing files that nothing needs any more.

use super::{Index, Manifest, Upkeep};
use crate::{log, segment, vfs::Vfs};
use std::path::Path;

impl Index {
    /// After `manifest` became durable. Readers that are at work keep what they have open.
    pub(super) fn remove_unneeded(&self, upkeep: &Upkeep, manifest: &Manifest) {
        remove_unneeded(&*self.shared.vfs, &self.directory, upkeep.first_log, &manifest.files());
    }
}

/// What cannot be removed now is removed another time: after the next flush, or at the next start.
pub fn remove_unneeded(vfs: &dyn Vfs, directory: &Path, first_log: u64, segments: &[u64]) {
    let Ok(names) = vfs.list(directory) else { return };
    for name in names {
        let old_log = log::first_of(&name).is_some_and(|first| first < first_log);
        let old_segment =
            segment::number_of(&name).is_some_and(|number| segments.binary_search(&number).is_err());
        if old_log || old_segment || name.ends_with(".new") {
            let _ = vfs.remove(&directory.join(name));
        }
    }
}
