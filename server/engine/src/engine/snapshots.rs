//! Snapshots of indexes, and indexes made from them.

use super::{Engine, SNAPSHOTS, lock_of, remove_tree};
use crate::{
    error::{Error, Result, Thing},
    index::{self, Index, MANIFEST},
    records::{IndexName, SnapshotName},
};
use std::{path::PathBuf, sync::Arc};

impl Engine {
    /// Keeps what an index holds now under a new name. It shares its segments with the index.
    pub fn snapshot(&self, index: &IndexName, snapshot: &SnapshotName) -> Result<()> {
        let _catalog = lock_of(&self.catalog);
        let index = self.index(index)?;
        if self.has_snapshot(snapshot)? {
            return Err(Error::AlreadyExists { what: Thing::Snapshot, name: snapshot.to_string() });
        }
        let directory = self.snapshot_directory(snapshot);
        // What an earlier attempt left.
        remove_tree(&*self.shared.vfs, &directory);
        let made = index.snapshot(&directory);
        if made.is_err() {
            remove_tree(&*self.shared.vfs, &directory);
        }
        made
    }

    /// All snapshots in the order of their names.
    pub fn snapshots(&self) -> Result<Vec<SnapshotName>> {
        let directory = self.root.join(SNAPSHOTS);
        let names = self.shared.vfs.list(&directory).map_err(Error::io("list the directory", &directory))?;
        let mut snapshots = Vec::new();
        for name in names.iter().filter_map(|name| SnapshotName::new(name).ok()) {
            if self.has_snapshot(&name)? {
                snapshots.push(name);
            }
        }
        Ok(snapshots)
    }

    /// Makes a new index of what a snapshot holds.
    pub fn restore(&self, snapshot: &SnapshotName, name: &IndexName) -> Result<Arc<Index>> {
        let from = self.snapshot_directory(snapshot);
        // Asked under the catalog's lock, so that it is not dropped meanwhile.
        self.add_index(name, |to| {
            if !self.has_snapshot(snapshot)? {
                return Err(no_snapshot(snapshot));
            }
            index::restore(&*self.shared.vfs, &from, to)?;
            Index::open(&self.shared, to, name.clone())
        })
    }

    pub fn drop_snapshot(&self, snapshot: &SnapshotName) -> Result<()> {
        let _catalog = lock_of(&self.catalog);
        if !self.has_snapshot(snapshot)? {
            return Err(no_snapshot(snapshot));
        }
        let vfs = &*self.shared.vfs;
        let directory = self.snapshot_directory(snapshot);
        let manifest = directory.join(MANIFEST);
        vfs.remove(&manifest).map_err(Error::io("remove", &manifest))?;
        vfs.sync_dir(&directory).map_err(Error::io("sync the directory", &directory))?;
        remove_tree(vfs, &directory);
        Ok(())
    }

    fn has_snapshot(&self, snapshot: &SnapshotName) -> Result<bool> {
        index::is_snapshot(&*self.shared.vfs, &self.snapshot_directory(snapshot))
    }

    fn snapshot_directory(&self, snapshot: &SnapshotName) -> PathBuf {
        self.root.join(SNAPSHOTS).join(snapshot.as_str())
    }
}

fn no_snapshot(snapshot: &SnapshotName) -> Error {
    Error::NotFound { what: Thing::Snapshot, name: snapshot.to_string() }
}
