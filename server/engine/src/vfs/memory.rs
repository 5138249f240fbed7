//! A file system in memory. It knows what would be left after a crash: the bytes that were synced, under the names whose
//! directory was synced.

use super::{Contents, Faults, Vfs, WritableFile};
use std::{
    any::Any,
    collections::BTreeMap,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, Weak},
};

#[derive(Clone, Debug, Default)]
pub struct MemoryVfs {
    pub(super) tree: Arc<Mutex<Tree>>,
    pub(super) faults: Arc<Faults>,
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    pub names: BTreeMap<PathBuf, Node>,
    /// The names that would be left after a crash.
    pub durable: BTreeMap<PathBuf, Node>,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    Directory,
    File(Arc<Mutex<Bytes>>),
    Lock(Weak<()>),
}

#[derive(Debug, Default)]
pub(super) struct Bytes {
    pub written: Vec<u8>,
    pub synced: Vec<u8>,
    /// A sync failed. Like a real system, later ones succeed without making durable what that one lost.
    pub lost: bool,
}

struct Handle {
    bytes: Arc<Mutex<Bytes>>,
    faults: Arc<Faults>,
}

impl MemoryVfs {
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Changes the bytes of a file behind everybody's back, as failing hardware does.
    pub fn tamper(&self, path: &Path, change: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        let file = self.file(path)?;
        let mut bytes = lock(&file);
        change(&mut bytes.written);
        bytes.synced = bytes.written.clone();
        Ok(())
    }

    fn file(&self, path: &Path) -> io::Result<Arc<Mutex<Bytes>>> {
        match lock(&self.tree).names.get(path) {
            Some(Node::File(bytes)) => Ok(Arc::clone(bytes)),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nobody panics while holding it")
}

impl Tree {
    fn take(&mut self, path: &Path) -> io::Result<Node> {
        self.names.remove(path).ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn has_parent(&self, path: &Path) -> io::Result<()> {
        match path.parent() {
            Some(parent) if parent != Path::new("/") && !self.names.contains_key(parent) => {
                Err(ErrorKind::NotFound.into())
            }
            _ => Ok(()),
        }
    }
}

impl Vfs for MemoryVfs {
    fn create(&self, path: &Path) -> io::Result<Box<dyn WritableFile>> {
        self.faults.count(true)?;
        let bytes = Arc::default();
        let mut tree = lock(&self.tree);
        tree.has_parent(path)?;
        tree.names.insert(path.to_owned(), Node::File(Arc::clone(&bytes)));
        Ok(Box::new(Handle { bytes, faults: Arc::clone(&self.faults) }))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Ok(lock(&*self.file(path)?).written.clone())
    }

    fn map(&self, path: &Path) -> io::Result<Contents> {
        Ok(Arc::new(Aligned::new(&self.read(path)?)))
    }

    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        self.faults.count(false)?;
        let file = self.file(path)?;
        let mut bytes = lock(&file);
        bytes.written.truncate(length as usize);
        bytes.synced = bytes.written.clone();
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.faults.count(false)?;
        let mut tree = lock(&self.tree);
        let node = tree.take(from)?;
        tree.names.insert(to.to_owned(), node);
        Ok(())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.faults.count(true)?;
        let file = self.file(from)?;
        let mut tree = lock(&self.tree);
        tree.has_parent(to)?;
        if tree.names.contains_key(to) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        tree.names.insert(to.to_owned(), Node::File(file));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.faults.count(false)?;
        lock(&self.tree).take(path).map(drop)
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.faults.count(true)?;
        let mut tree = lock(&self.tree);
        tree.has_parent(path)?;
        if tree.names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        tree.names.insert(path.to_owned(), Node::Directory);
        Ok(())
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.faults.count(false)?;
        let mut tree = lock(&self.tree);
        if tree.names.keys().any(|name| name.parent() == Some(path)) {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        tree.take(path).map(drop)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.faults.count(false)?;
        let mut tree = lock(&self.tree);
        let inside = |name: &PathBuf| name.parent() == Some(path);
        let now: Vec<_> = tree.names.iter().filter(|(name, _)| inside(name)).map(clone_entry).collect();
        tree.durable.retain(|name, _| !inside(name));
        tree.durable.extend(now);
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let tree = lock(&self.tree);
        let inside = tree.names.keys().filter(|name| name.parent() == Some(path));
        Ok(inside.filter_map(|name| Some(name.file_name()?.to_str()?.to_owned())).collect())
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        Ok(lock(&self.tree).names.contains_key(path))
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        Ok(lock(&*self.file(path)?).written.len() as u64)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Any + Send + Sync>> {
        let mut tree = lock(&self.tree);
        tree.has_parent(path)?;
        match tree.names.get(path) {
            Some(Node::Lock(held)) if held.strong_count() > 0 => {
                Err(io::Error::new(ErrorKind::WouldBlock, "somebody else uses it"))
            }
            _ => {
                let held = Arc::new(());
                tree.names.insert(path.to_owned(), Node::Lock(Arc::downgrade(&held)));
                Ok(Box::new(held))
            }
        }
    }
}

fn clone_entry((name, node): (&PathBuf, &Node)) -> (PathBuf, Node) {
    (name.clone(), node.clone())
}

impl WritableFile for Handle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let counted = self.faults.count(true);
        let written = if counted.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        lock(&self.bytes).written.extend_from_slice(written);
        counted
    }

    fn sync(&mut self) -> io::Result<()> {
        let counted = self.faults.count(false);
        let mut bytes = lock(&self.bytes);
        bytes.lost |= counted.is_err();
        if !bytes.lost {
            bytes.synced = bytes.written.clone();
        }
        counted
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.faults.count(false)?;
        lock(&self.bytes).written.truncate(length as usize);
        Ok(())
    }
}

/// Bytes that begin where numbers may be read in place, as those of a mapped file do.
struct Aligned {
    words: Vec<u64>,
    length: usize,
}

impl Aligned {
    fn new(bytes: &[u8]) -> Self {
        let mut words = vec![0_u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Self { words, length: bytes.len() }
    }
}

impl AsRef<[u8]> for Aligned {
    fn as_ref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.length]
    }
}
