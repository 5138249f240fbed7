//! How much there is.

use super::{Index, NamespaceCount};
use crate::{
    error::{Error, Result},
    filter::Filter,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexStats {
    pub records: u64,
    pub namespaces: u64,
    pub segments: u64,
    /// Of all files of the index; segments that a snapshot keeps too count here.
    pub disk_bytes: u64,
    /// Of records that are in no segment yet, and of what finds near vectors in segments that were queried. Mapped files
    /// do not count.
    pub memory_bytes: u64,
    /// The number of the last write.
    pub last_write: u64,
}

impl Index {
    pub fn stats(&self) -> Result<IndexStats> {
        self.check_exists()?;
        let state = self.state();
        let parts = || state.namespaces.values().flat_map(|namespace| &namespace.parts);
        let near: usize = parts().map(|view| view.part.near_bytes()).sum();
        Ok(IndexStats {
            records: state.namespaces.values().map(|namespace| namespace.count()).sum(),
            namespaces: state.namespaces.size() as u64,
            segments: state.files().len() as u64,
            disk_bytes: self.disk_bytes()?,
            memory_bytes: (state.fresh_bytes + near) as u64,
            last_write: state.last,
        })
    }

    /// The number of the last write; each read that begins from now on sees it.
    pub fn last_write(&self) -> Result<u64> {
        self.check_exists()?;
        Ok(self.state.load().last)
    }

    /// All namespaces, with the records that match a filter; with all, where there is none.
    pub fn counts(&self, filter: Option<&Filter>) -> Result<Vec<NamespaceCount>> {
        self.check_exists()?;
        let state = self.state();
        let count = |(name, namespace): (&_, &std::sync::Arc<crate::namespace::Namespace>)| {
            let all = || Ok(namespace.count());
            let records = filter.map_or_else(all, |filter| namespace.count_matching(filter))?;
            Ok(NamespaceCount { name: Clone::clone(name), records })
        };
        state.namespaces.iter().map(count).collect()
    }

    /// Reads and checks every file that the index needs.
    pub fn verify(&self) -> Result<()> {
        self.check_exists()?;
        self.state().files().values().try_for_each(|file| file.verify())
    }

    fn disk_bytes(&self) -> Result<u64> {
        let vfs = &*self.shared.vfs;
        let names = vfs.list(&self.directory).map_err(Error::io("list the directory", &self.directory))?;
        // A file may be removed at any moment.
        Ok(names.iter().filter_map(|name| vfs.length(&self.directory.join(name)).ok()).sum())
    }
}
