//! A directory looked at as a whole, without changing what it holds.

use super::{INDEXES, SNAPSHOTS, catalog::Catalog, index_directory};
use crate::{
    error::{Error, Result, Thing},
    index::{self, Examined},
    records::IndexName,
    vfs::{RealVfs, Vfs},
};
use std::{collections::BTreeMap, path::Path};

/// Reads and checks every file of a directory: its indexes and snapshots with their names, and what was found of each.
/// Refused while an engine has it open.
pub fn examine(directory: &Path) -> Result<Vec<(Thing, String, Examined)>> {
    examine_on(&RealVfs, directory)
}

pub(crate) fn examine_on(vfs: &dyn Vfs, directory: &Path) -> Result<Vec<(Thing, String, Examined)>> {
    let lock_file = directory.join("lock");
    let _lock = vfs.lock(&lock_file).map_err(Error::io("lock", &lock_file))?;
    let mut found = Vec::new();
    for (name, number) in entries(vfs, directory)? {
        let of_index = index::examine(vfs, &index_directory(directory, number));
        found.push((Thing::Index, name.to_string(), of_index));
    }
    let snapshots = directory.join(SNAPSHOTS);
    for name in vfs.list(&snapshots).unwrap_or_default() {
        let of_snapshot = snapshots.join(&name);
        if index::is_snapshot(vfs, &of_snapshot)? {
            found.push((Thing::Snapshot, name, index::examine(vfs, &of_snapshot)));
        }
    }
    Ok(found)
}

fn entries(vfs: &dyn Vfs, directory: &Path) -> Result<BTreeMap<IndexName, u64>> {
    if let Some(entries) = Catalog::read(vfs, directory)? {
        return Ok(entries);
    }
    match vfs.list(&directory.join(INDEXES)) {
        Ok(names) if !names.is_empty() => Err(Catalog::missing(directory)),
        _ => Ok(BTreeMap::new()),
    }
}
