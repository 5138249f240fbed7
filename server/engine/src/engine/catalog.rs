//! Which indexes there are.

use super::{INDEXES, SNAPSHOTS};
use crate::{
    error::{Error, Result},
    format::{Kind, Malformed, Put, Reader, read_whole, write_whole},
    records::IndexName,
    vfs::Vfs,
};
use std::{collections::BTreeMap, path::Path};

const FILE: &str = "catalog";

/// Names, and the numbers of the directories.
#[derive(Clone)]
pub struct Catalog {
    entries: BTreeMap<IndexName, u64>,
    next: u64,
}

impl Catalog {
    /// Reads the catalog of a directory, or begins one.
    pub fn open(vfs: &dyn Vfs, root: &Path) -> Result<Self> {
        for name in [INDEXES, SNAPSHOTS] {
            let directory = root.join(name);
            if !vfs.exists(&directory).map_err(Error::io("look for", &directory))? {
                vfs.create_dir(&directory).map_err(Error::io("create the directory", &directory))?;
            }
        }
        vfs.sync_dir(root).map_err(Error::io("sync the directory", root))?;
        let read = Self::read(vfs, root)?;
        let (is_there, entries) = (read.is_some(), read.unwrap_or_default());
        let directory = root.join(INDEXES);
        let names = vfs.list(&directory).map_err(Error::io("list the directory", &directory))?;
        let numbers = names.iter().filter_map(|name| name.parse().ok());
        let highest = numbers.chain(entries.values().copied()).max().unwrap_or(0);
        let catalog = Self { entries, next: highest + 1 };
        if catalog.entries.is_empty() {
            // So that a lost catalog is not mistaken for a new directory.
            if highest > 0 && !is_there {
                return Err(Self::missing(root));
            }
            catalog.write(vfs, root)?;
        }
        Ok(catalog)
    }

    /// What is written there, if something is.
    pub fn read(vfs: &dyn Vfs, root: &Path) -> Result<Option<BTreeMap<IndexName, u64>>> {
        let file = root.join(FILE);
        let is_there = vfs.exists(&file).map_err(Error::io("look for", &file))?;
        is_there.then(|| read_whole(vfs, &file, Kind::Catalog, decode)).transpose()
    }

    pub fn missing(root: &Path) -> Error {
        Error::damaged(&root.join(FILE), 0, "it is missing, and there are indexes")
    }

    pub fn entries(&self) -> &BTreeMap<IndexName, u64> {
        &self.entries
    }

    /// Every index gets a number that none had before.
    pub fn next_number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    pub fn add(&mut self, vfs: &dyn Vfs, root: &Path, name: &IndexName, number: u64) -> Result<()> {
        let mut changed = self.clone();
        changed.entries.insert(name.clone(), number);
        changed.write(vfs, root)?;
        *self = changed;
        Ok(())
    }

    pub fn remove(&mut self, vfs: &dyn Vfs, root: &Path, name: &IndexName) -> Result<()> {
        let mut changed = self.clone();
        changed.entries.remove(name);
        changed.write(vfs, root)?;
        *self = changed;
        Ok(())
    }

    pub fn write(&self, vfs: &dyn Vfs, root: &Path) -> Result<()> {
        let mut out = Vec::new();
        out.put_u32(self.entries.len() as u32);
        for (name, number) in &self.entries {
            out.put_text(name.as_str());
            out.put_u64(*number);
        }
        write_whole(vfs, root, FILE, Kind::Catalog, &out)
    }
}

fn decode(reader: &mut Reader<'_>) -> Result<BTreeMap<IndexName, u64>, Malformed> {
    let mut entries = BTreeMap::new();
    for _ in 0..reader.u32()? {
        let name = IndexName::new(reader.text()?).map_err(|_| reader.malformed())?;
        entries.insert(name, reader.u64()?);
    }
    Ok(entries)
}
