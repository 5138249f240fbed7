//! What a crash leaves of a file system in memory.

use super::memory::{Bytes, MemoryVfs, Node, Tree, lock};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// What becomes of bytes that were written and not synced. Names whose directory was not synced are lost, unless all is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsynced {
    Kept,
    Dropped,
    /// Some of it was written. The number decides how much, and whether the rest is missing or zeros.
    Torn(u64),
}

const SECTOR: usize = 512;

impl MemoryVfs {
    /// The file system as the next start finds it. This one stays as it is.
    pub fn after_crash(&self, unsynced: Unsynced) -> MemoryVfs {
        let tree = lock(&self.tree);
        let names = if unsynced == Unsynced::Kept { &tree.names } else { &tree.durable };
        let mut left = Tree::default();
        for (path, node) in names.iter().filter(|(path, _)| has_ancestors(names, path)) {
            let node = match node {
                Node::File(bytes) => {
                    let bytes = remains(&lock(bytes), unsynced);
                    Node::File(Arc::new(Mutex::new(bytes)))
                }
                Node::Directory => Node::Directory,
                Node::Lock(_) => continue,
            };
            left.names.insert(path.clone(), node.clone());
            left.durable.insert(path.clone(), node);
        }
        MemoryVfs { tree: Arc::new(Mutex::new(left)), ..MemoryVfs::default() }
    }
}

fn has_ancestors(names: &std::collections::BTreeMap<PathBuf, Node>, path: &Path) -> bool {
    path.ancestors().skip(1).filter(|path| path.file_name().is_some()).all(|path| names.contains_key(path))
}

fn remains(bytes: &Bytes, unsynced: Unsynced) -> Bytes {
    let left = match unsynced {
        Unsynced::Kept => bytes.written.clone(),
        Unsynced::Dropped => bytes.synced.clone(),
        Unsynced::Torn(choice) => torn(bytes, choice),
    };
    Bytes { written: left.clone(), synced: left, ..Bytes::default() }
}

fn torn(bytes: &Bytes, choice: u64) -> Vec<u8> {
    if !bytes.written.starts_with(&bytes.synced) {
        return bytes.synced.clone();
    }
    let open = bytes.written.len() - bytes.synced.len();
    let kept = bytes.synced.len() + (choice / 2) as usize % (open + 1);
    let mut left = bytes.written[..kept].to_vec();
    if choice % 2 == 1 && kept < bytes.written.len() {
        // The length was stored, but not the sectors from here on.
        let whole = bytes.synced.len().max(kept / SECTOR * SECTOR);
        left.truncate(whole);
        left.resize(bytes.written.len(), 0);
    }
    left
}
