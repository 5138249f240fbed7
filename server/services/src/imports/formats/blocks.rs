//! A file read in pieces as Parquet wants them, from wherever it lies. For threads that may wait.

use bytes::{Buf as _, Bytes, buf::Reader};
use object_store::{ObjectStore, ObjectStoreExt as _, path::Path};
use parquet::{
    errors::{ParquetError, Result},
    file::reader::{ChunkReader, Length},
};
use std::{
    io::{self, Read},
    sync::Arc,
};
use tokio::runtime::Handle;

/// Of what is read one after the other.
const PIECE_BYTES: u64 = 4 << 20;

#[derive(Clone)]
pub(in crate::imports) struct Remote {
    pub(in crate::imports) store: Arc<dyn ObjectStore>,
    pub(in crate::imports) path: Path,
    pub(in crate::imports) bytes: u64,
    pub(in crate::imports) runtime: Handle,
}

impl Remote {
    /// For whoever reads it from one end to the other.
    pub(super) fn read_from(&self, start: u64) -> Pieces {
        Pieces { remote: self.clone(), next: start, piece: Bytes::new().reader() }
    }

    fn range(&self, start: u64, end: u64) -> io::Result<Bytes> {
        self.runtime.block_on(self.store.get_range(&self.path, start..end)).map_err(io::Error::other)
    }
}

impl Length for Remote {
    fn len(&self) -> u64 {
        self.bytes
    }
}

impl ChunkReader for Remote {
    type T = Pieces;

    fn get_read(&self, start: u64) -> Result<Pieces> {
        Ok(self.read_from(start))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.range(start, start + length as u64)?;
        match bytes.len() == length {
            true => Ok(bytes),
            false => Err(ParquetError::EOF(format!("{length} bytes are wanted at {start}"))),
        }
    }
}

pub(in crate::imports) struct Pieces {
    remote: Remote,
    next: u64,
    piece: Reader<Bytes>,
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.piece.get_ref().has_remaining() && self.next < self.remote.bytes {
            let end = (self.next + PIECE_BYTES).min(self.remote.bytes);
            self.piece = self.remote.range(self.next, end)?.reader();
            self.next = end;
        }
        self.piece.read(into)
    }
}
