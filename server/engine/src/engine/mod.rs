//! A directory of indexes.

mod catalog;
mod examine;
mod port;
mod snapshots;
mod upkeep;

use crate::{
    error::{Error, Result, Thing},
    index::{self, Index, IndexSpec},
    records::IndexName,
    vfs::{RealVfs, Vfs},
};
use arc_swap::ArcSwap;
use catalog::Catalog;
use std::{
    any::Any,
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};
use upkeep::{Signal, Upkeeper};

pub use examine::examine;
#[cfg(test)]
pub(crate) use examine::examine_on;

#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Records in memory are moved to a segment when they take more than this.
    pub flush_bytes: usize,
    /// Segments are not merged into larger ones than this. A merge takes up to about as much memory.
    pub merge_bytes: u64,
    /// Segments with as many records of a namespace, or more, have an index of near vectors for them.
    pub near_rows: usize,
    /// The share of the true neighbours that queries find there on average. Other records are all looked at.
    pub recall: f32,
    /// Whether a thread flushes and merges. Without it, call `Engine::upkeep`.
    pub background: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { flush_bytes: 16 << 20, merge_bytes: 1 << 30, near_rows: 2_000, recall: 0.99, background: true }
    }
}

/// What all indexes have in common.
#[derive(Clone)]
pub(crate) struct Shared {
    pub vfs: Arc<dyn Vfs>,
    pub settings: Settings,
    pub upkeep_wanted: Arc<Signal>,
}

/// One whose files are damaged is set aside: it says why, and keeps its name and its files. The others are not concerned.
type Indexes = BTreeMap<IndexName, Result<Arc<Index>>>;

pub struct Engine {
    // Stopped first, when the engine is dropped.
    _upkeeper: Option<Upkeeper>,
    shared: Shared,
    root: PathBuf,
    indexes: Arc<ArcSwap<Indexes>>,
    /// Held while indexes are made, dropped, snapped or restored.
    catalog: Mutex<Catalog>,
    _lock: Box<dyn Any + Send + Sync>,
}

const INDEXES: &str = "indexes";
const SNAPSHOTS: &str = "snapshots";

impl Engine {
    /// Opens a directory, which must exist, with all its indexes that are not damaged. One process at a time can.
    pub fn open(directory: &Path, settings: Settings) -> Result<Self> {
        Self::open_on(Arc::new(RealVfs), directory, settings)
    }

    pub fn open_on(vfs: Arc<dyn Vfs>, directory: &Path, settings: Settings) -> Result<Self> {
        let lock_file = directory.join("lock");
        let lock = vfs.lock(&lock_file).map_err(Error::io("lock", &lock_file))?;
        let shared = Shared { vfs, settings, upkeep_wanted: Arc::default() };
        let catalog = Catalog::open(&*shared.vfs, directory)?;
        let mut indexes = Indexes::new();
        for (name, number) in catalog.entries() {
            let opened = Index::open(&shared, &index_directory(directory, *number), name.clone());
            indexes.insert(name.clone(), set_aside_if_damaged(name, opened)?.map(Arc::new));
        }
        let indexes = Arc::new(ArcSwap::from_pointee(indexes));
        let upkeeper =
            settings.background.then(|| Upkeeper::start(&shared.upkeep_wanted, &indexes)).transpose()?;
        let root = directory.to_owned();
        let engine =
            Self { _upkeeper: upkeeper, shared, root, indexes, catalog: Mutex::new(catalog), _lock: lock };
        engine.remove_unneeded(&lock_of(&engine.catalog));
        Ok(engine)
    }

    pub fn create_index(&self, name: &IndexName, spec: IndexSpec) -> Result<Arc<Index>> {
        spec.check()?;
        self.add_index(name, |directory| Index::create(&self.shared, directory, name.clone(), spec))
    }

    /// Drops an index with all it holds. Its snapshots stay.
    pub fn drop_index(&self, name: &IndexName) -> Result<()> {
        let mut catalog = lock_of(&self.catalog);
        let mut indexes = Indexes::clone(&self.indexes.load());
        let Some(index) = indexes.remove(name) else { return Err(no_index(name)) };
        let index = index.ok();
        // Nothing may be acknowledged that a restart would not find.
        index.iter().for_each(|index| index.close());
        if let Err(error) = catalog.remove(&*self.shared.vfs, &self.root, name) {
            // What the disk now says is not known, until it was told again.
            if catalog.write(&*self.shared.vfs, &self.root).is_ok() {
                index.iter().for_each(|index| index.reopen());
            }
            return Err(error);
        }
        self.indexes.store(Arc::new(indexes));
        self.remove_unneeded(&catalog);
        Ok(())
    }

    pub fn index(&self, name: &IndexName) -> Result<Arc<Index>> {
        let found = self.indexes.load().get(name).cloned();
        found.unwrap_or_else(|| Err(no_index(name)))
    }

    /// All indexes in the order of their names, but for the damaged ones.
    pub fn indexes(&self) -> Vec<Arc<Index>> {
        self.indexes.load().values().flatten().cloned().collect()
    }

    /// Flushes and merges what is worth it, of all indexes.
    pub fn upkeep(&self) -> Result<()> {
        self.indexes().iter().try_for_each(|index| index.upkeep())
    }

    /// Adds an index that `make` makes in a new directory. It exists once the catalog says so.
    fn add_index(&self, name: &IndexName, make: impl FnOnce(&Path) -> Result<Index>) -> Result<Arc<Index>> {
        let mut catalog = lock_of(&self.catalog);
        if self.indexes.load().contains_key(name) {
            return Err(Error::AlreadyExists { what: Thing::Index, name: name.to_string() });
        }
        let number = catalog.next_number();
        let directory = index_directory(&self.root, number);
        let index = Arc::new(make(&directory).inspect_err(|_| remove_tree(&*self.shared.vfs, &directory))?);
        catalog.add(&*self.shared.vfs, &self.root, name, number)?;
        let mut indexes = Indexes::clone(&self.indexes.load());
        indexes.insert(name.clone(), Ok(Arc::clone(&index)));
        self.indexes.store(Arc::new(indexes));
        Ok(index)
    }

    /// Removes what was dropped, or never finished. What fails is done at the next start.
    fn remove_unneeded(&self, catalog: &Catalog) {
        let vfs = &*self.shared.vfs;
        let directory = self.root.join(INDEXES);
        for name in vfs.list(&directory).unwrap_or_default() {
            if !catalog.entries().values().any(|number| number.to_string() == name) {
                remove_tree(vfs, &directory.join(name));
            }
        }
        let directory = self.root.join(SNAPSHOTS);
        for name in vfs.list(&directory).unwrap_or_default() {
            if index::is_snapshot(vfs, &directory.join(&name)).is_ok_and(|complete| !complete) {
                remove_tree(vfs, &directory.join(name));
            }
        }
    }
}

fn no_index(name: &IndexName) -> Error {
    Error::NotFound { what: Thing::Index, name: name.to_string() }
}

/// An error that does not concern one index's files alone concerns all.
fn set_aside_if_damaged<T>(name: &IndexName, opened: Result<T>) -> Result<Result<T>> {
    match opened {
        Err(error @ Error::Damaged { .. }) => {
            tracing::error!(index = %name, %error, "an index is damaged and set aside");
            Ok(Err(error))
        }
        opened => opened.map(Ok),
    }
}

fn index_directory(root: &Path, number: u64) -> PathBuf {
    root.join(INDEXES).join(number.to_string())
}

/// Removes a directory of files, as far as that is possible.
fn remove_tree(vfs: &dyn Vfs, directory: &Path) {
    for name in vfs.list(directory).unwrap_or_default() {
        let _ = vfs.remove(&directory.join(name));
    }
    let _ = vfs.remove_dir(directory);
}

fn lock_of<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nobody panicked while changing the catalog")
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Engine({})", self.root.display())
    }
}
