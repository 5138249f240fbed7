//! Writing to a log.

use super::{
    frame::{SECTOR, file_header, put_frame},
    path,
};
use crate::{
    error::{Error, Result},
    vfs::{Vfs, WritableFile},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub struct Log {
    file: Box<dyn WritableFile>,
    path: PathBuf,
    /// How many bytes are acknowledged.
    length: u64,
    next: u64,
    /// Why nothing more is written.
    broken: Option<Arc<Error>>,
}

impl Log {
    /// Begins a log whose first entry will have the number `first`.
    pub fn create(vfs: &dyn Vfs, directory: &Path, first: u64) -> Result<Self> {
        let path = path(directory, first);
        let create = || {
            let mut file = vfs.create(&path)?;
            file.write(&file_header())?;
            file.sync()?;
            Ok(file)
        };
        let file = create().map_err(Error::io("create the log", &path))?;
        vfs.sync_dir(directory).map_err(Error::io("sync the directory", directory))?;
        Ok(Self { file, path, length: SECTOR as u64, next: first, broken: None })
    }

    /// The number that the next entry will have.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether something can be written.
    pub fn check(&self) -> Result<()> {
        match &self.broken {
            None => Ok(()),
            Some(cause) => Err(Error::ReadOnly { cause: Arc::clone(cause) }),
        }
    }

    /// Makes entries durable: all of them, with one sync, or none.
    pub fn append(&mut self, payloads: &[Vec<u8>]) -> Result<()> {
        self.check()?;
        let mut frames = Vec::new();
        for (payload, number) in payloads.iter().zip(self.next..) {
            put_frame(&mut frames, number, payload);
        }
        if let Err(error) = self.file.write(&frames) {
            let error = Error::io("write the log", &self.path)(error);
            self.take_back(&error);
            return Err(error);
        }
        if let Err(error) = self.file.sync() {
            let error = Error::io("sync the log", &self.path)(error);
            self.broken = Some(Arc::new(error.clone()));
            return Err(error);
        }
        self.length += frames.len() as u64;
        self.next += payloads.len() as u64;
        Ok(())
    }

    /// Removes what a failed write left. Where that works, as on a full disk, later writes may succeed.
    fn take_back(&mut self, error: &Error) {
        let cut = self.file.cut(self.length).and_then(|()| self.file.sync());
        if cut.is_err() {
            self.broken = Some(Arc::new(error.clone()));
        }
    }
}
