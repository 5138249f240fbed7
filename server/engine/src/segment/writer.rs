//! Writing a segment file: a header, bytes in blocks of which each has a checksum, the checksums, and a footer.

use super::file::{BLOCK, FOOTER};
use crate::{
    error::{Error, Result},
    format::{Kind, Put, checksum, header},
    vfs::{Vfs, WritableFile},
};
use std::path::{Path, PathBuf};

pub struct SegmentWriter {
    file: Box<dyn WritableFile>,
    path: PathBuf,
    /// What is not yet a whole block.
    open: Vec<u8>,
    checksums: Vec<u32>,
}

/// Sections begin where any number may be read in place.
const ALIGNMENT: usize = 64;

impl SegmentWriter {
    pub fn create(vfs: &dyn Vfs, path: &Path) -> Result<Self> {
        let file = vfs.create(path).map_err(Error::io("create the segment", path))?;
        Ok(Self { file, path: path.to_owned(), open: header(Kind::Segment), checksums: Vec::new() })
    }

    /// How many bytes there are.
    pub fn at(&self) -> u64 {
        (self.checksums.len() * BLOCK + self.open.len()) as u64
    }

    pub fn put(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.open.len()));
            self.open.put(now);
            bytes = later;
            if self.open.len() == BLOCK {
                self.write_block()?;
            }
        }
        Ok(())
    }

    pub fn align(&mut self) -> Result<()> {
        let padding = self.at().next_multiple_of(ALIGNMENT as u64) - self.at();
        self.put(&[0; ALIGNMENT][..padding as usize])
    }

    /// Completes the file and makes it durable, but for its name.
    pub fn finish(mut self) -> Result<()> {
        let length = self.at();
        if !self.open.is_empty() {
            self.write_block()?;
        }
        let mut end = bytemuck::cast_slice::<u32, u8>(&self.checksums).to_vec();
        let mut footer = Vec::with_capacity(FOOTER);
        footer.put_u64(length);
        footer.put_u32(checksum(&end));
        let sum = checksum(&footer);
        footer.put_u32(sum);
        end.put(&footer);
        let finish = self.file.write(&end).and_then(|()| self.file.sync());
        finish.map_err(Error::io("write the segment", &self.path))
    }

    fn write_block(&mut self) -> Result<()> {
        self.checksums.push(checksum(&self.open));
        self.file.write(&self.open).map_err(Error::io("write the segment", &self.path))?;
        self.open.clear();
        Ok(())
    }
}
