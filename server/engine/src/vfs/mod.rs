//! All access to files. There is the real file system, and one in memory that fails and crashes on demand.

mod crash;
mod faults;
mod memory;
mod real;

pub use crash::Unsynced;
pub use faults::{Fault, Faults};
pub use memory::MemoryVfs;
pub use real::RealVfs;

use std::{any::Any, fmt, io, path::Path, sync::Arc};

/// The contents of a file that is not written any more.
pub type Contents = Arc<dyn AsRef<[u8]> + Send + Sync>;

pub trait Vfs: fmt::Debug + Send + Sync {
    /// Begins an empty file, in place of any other of this name.
    fn create(&self, path: &Path) -> io::Result<Box<dyn WritableFile>>;
    /// Reads a whole file into memory.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Opens a file that nobody writes any more; the real one is mapped, and read as it is used.
    fn map(&self, path: &Path) -> io::Result<Contents>;
    /// Cuts a file to its first bytes, and syncs it.
    fn cut(&self, path: &Path, length: u64) -> io::Result<()>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives an immutable file a second name.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    fn create_dir(&self, path: &Path) -> io::Result<()>;
    fn remove_dir(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a directory durable.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// The names in a directory, in order.
    fn list(&self, path: &Path) -> io::Result<Vec<String>>;
    fn exists(&self, path: &Path) -> io::Result<bool>;
    /// How many bytes a file has.
    fn length(&self, path: &Path) -> io::Result<u64>;
    /// Keeps others from the directory that holds this file, until what is returned is dropped.
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Any + Send + Sync>>;
}

pub trait WritableFile: Send {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes durable what was written.
    fn sync(&mut self) -> io::Result<()>;
    /// Takes back what was written beyond this length; not durable before the next sync.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

#[cfg(test)]
mod tests;
