//! Making an index, and opening one: the manifest, and then what the logs say.

use super::{Index, IndexSpec, Manifest, State, Upkeep, gc, layout::MANIFEST};
use crate::{
    engine::Shared,
    error::{Error, Result},
    log::{self, Change, Entry, Log},
    records::IndexName,
    segment::{self, SegmentFile},
    vfs::Vfs,
};
use arc_swap::ArcSwap;
use std::{
    path::Path,
    sync::{Mutex, atomic::AtomicBool},
};

const FIRST_ENTRY: u64 = 1;

/// What was found of an index or a snapshot. With damage, the records are not counted.
#[derive(Debug, Default)]
pub struct Examined {
    pub files: u64,
    pub segments: u64,
    pub bytes: u64,
    pub namespaces: u64,
    pub records: u64,
    pub damage: Vec<Error>,
}

impl Index {
    /// Makes an empty index in a new directory.
    pub(crate) fn create(
        shared: &Shared,
        directory: &Path,
        name: IndexName,
        spec: IndexSpec,
    ) -> Result<Self> {
        let vfs = &*shared.vfs;
        make_directory(vfs, directory)?;
        Log::create(vfs, directory, FIRST_ENTRY)?;
        Manifest::of(spec, FIRST_ENTRY, &State::default()).write(vfs, directory)?;
        Self::open(shared, directory, name)
    }

    pub(crate) fn open(shared: &Shared, directory: &Path, name: IndexName) -> Result<Self> {
        let vfs = &*shared.vfs;
        let manifest = Manifest::read(vfs, directory)?;
        let state = manifest.open(vfs, directory)?;
        // A process that was killed may have left what is not synced: from here on it counts.
        let cut = |file: &Path, end| vfs.cut(file, end).map_err(Error::io("cut the torn end of", file));
        let mut state = replay(vfs, directory, &manifest, state, cut)?;
        state.make_all_blocks(manifest.spec.metric());
        gc::remove_unneeded(vfs, directory, manifest.first_log, &manifest.files());
        let upkeep = Upkeep { next_file: next_file(vfs, directory)?, first_log: manifest.first_log };
        Ok(Self {
            name,
            spec: manifest.spec,
            directory: directory.to_owned(),
            shared: shared.clone(),
            waiting: Mutex::default(),
            writer: Mutex::new(Log::create(vfs, directory, state.last + 1)?),
            state: ArcSwap::from_pointee(state),
            upkeep: Mutex::new(upkeep),
            dropped: AtomicBool::new(false),
            rest: Mutex::default(),
        })
    }
}

/// What an index's directory holds, without changing it.
pub(crate) fn examine(vfs: &dyn Vfs, directory: &Path) -> Examined {
    let mut found = Examined::default();
    if let Err(error) = look(vfs, directory, &mut found) {
        found.damage.push(error);
    }
    found
}

fn look(vfs: &dyn Vfs, directory: &Path, found: &mut Examined) -> Result<()> {
    let names = vfs.list(directory).map_err(Error::io("list the directory", directory))?;
    found.files = names.len() as u64;
    found.bytes = names.iter().filter_map(|name| vfs.length(&directory.join(name)).ok()).sum();
    let manifest = Manifest::read(vfs, directory)?;
    for number in manifest.files() {
        found.segments += 1;
        let intact = SegmentFile::open(vfs, directory, number).and_then(|file| file.verify());
        found.damage.extend(intact.err());
    }
    if found.damage.is_empty() {
        let mut state = manifest.open(vfs, directory)?;
        // A snapshot has no logs.
        if names.iter().any(|name| log::first_of(name).is_some()) {
            state = replay(vfs, directory, &manifest, state, |_, _| Ok(()))?;
        }
        found.namespaces = state.namespaces.size() as u64;
        found.records = state.namespaces.values().map(|namespace| namespace.count()).sum();
    }
    Ok(())
}

pub(super) fn make_directory(vfs: &dyn Vfs, directory: &Path) -> Result<()> {
    vfs.create_dir(directory).map_err(Error::io("create the directory", directory))?;
    let parent = directory.parent().unwrap_or(directory);
    vfs.sync_dir(parent).map_err(Error::io("sync the directory", parent))
}

/// The state after all logs. `settle` is told where each ends.
fn replay(
    vfs: &dyn Vfs,
    directory: &Path,
    manifest: &Manifest,
    mut state: State,
    settle: impl Fn(&Path, u64) -> Result<()>,
) -> Result<State> {
    let names = vfs.list(directory).map_err(Error::io("list the directory", directory))?;
    let mut logs: Vec<u64> = names.iter().filter_map(|name| log::first_of(name)).collect();
    logs.retain(|first| *first >= manifest.first_log);
    if !logs.contains(&manifest.first_log) {
        let missing = log::path(directory, manifest.first_log);
        return Err(Error::damaged(&missing, 0, format!("it is missing, and {MANIFEST} needs it")));
    }
    for first in logs {
        let file = log::path(directory, first);
        let bytes = vfs.read(&file).map_err(Error::io("read the log", &file))?;
        let scan = log::scan(&bytes, first, &file)?;
        // A log that was begun in vain says nothing.
        if scan.payloads.is_empty() {
            continue;
        }
        let next = state.last + 1;
        if first != next {
            return Err(Error::damaged(
                &file,
                0,
                format!("entry {next} should come before it, and is missing"),
            ));
        }
        settle(&file, scan.end as u64)?;
        for (offset, payload) in &scan.payloads {
            let entry = Entry::decode(payload).ok().filter(|entry| fits(entry, manifest.spec));
            let entry = entry.ok_or_else(|| Error::damaged(&file, *offset, "an entry makes no sense"))?;
            state = state.after(&entry)?;
        }
    }
    Ok(state)
}

/// Whether its records are such as the index takes.
fn fits(entry: &Entry, spec: IndexSpec) -> bool {
    entry.changes.iter().all(|change| match change {
        Change::Put(record) => spec.check_record(record).is_ok(),
        _ => true,
    })
}

/// A number above those of all files that are there, also of those that nothing needs.
fn next_file(vfs: &dyn Vfs, directory: &Path) -> Result<u64> {
    let names = vfs.list(directory).map_err(Error::io("list the directory", directory))?;
    let highest = names.iter().filter_map(|name| segment::number_of(name)).max();
    Ok(highest.map_or(1, |number| number + 1))
}
