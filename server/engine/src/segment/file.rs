//! Reading a segment file. A block is checked when it is first touched; nothing is handed out before.

use crate::{
    error::{Error, Result},
    format::{Kind, Reader, check_header, checksum},
    vfs::{Contents, Vfs},
};
use std::{
    fmt,
    ops::Range,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

pub const BLOCK: usize = 64 * 1024;
pub const FOOTER: usize = 16;

pub struct SegmentFile {
    contents: Contents,
    path: PathBuf,
    number: u64,
    length: usize,
    /// One bit for each block that was found intact.
    checked: Vec<AtomicU64>,
}

impl SegmentFile {
    pub fn open(vfs: &dyn Vfs, directory: &Path, number: u64) -> Result<Self> {
        let path = directory.join(super::file_name(number));
        let contents = vfs.map(&path).map_err(Error::io("open the segment", &path))?;
        let bytes = (*contents).as_ref();
        let length = check_ends(bytes, &path)?;
        let words = length.div_ceil(BLOCK).div_ceil(64);
        let checked = (0..words).map(|_| AtomicU64::new(0)).collect();
        let file = Self { contents, path, number, length, checked };
        let first = file.bytes(0..length.min(BLOCK) as u64)?;
        check_header(Kind::Segment, first, &file.path)?;
        Ok(file)
    }

    pub fn number(&self) -> u64 {
        self.number
    }

    /// How many bytes of records it has.
    pub fn length(&self) -> u64 {
        self.length as u64
    }

    /// These bytes, found intact.
    pub fn bytes(&self, range: Range<u64>) -> Result<&[u8]> {
        if range.start > range.end || range.end > self.length as u64 {
            return Err(self.damaged(range.start, "it refers to what it does not have"));
        }
        let range = range.start as usize..range.end as usize;
        if !range.is_empty() {
            let (mut block, last) = (range.start / BLOCK, (range.end - 1) / BLOCK);
            while block <= last {
                if block.is_multiple_of(64) && self.checked[block / 64].load(Ordering::Relaxed) == u64::MAX {
                    block += 64;
                } else {
                    self.check(block)?;
                    block += 1;
                }
            }
        }
        Ok(&self.all()[range])
    }

    /// Checks every block.
    pub fn verify(&self) -> Result<()> {
        (0..self.length.div_ceil(BLOCK)).try_for_each(|block| self.check(block))
    }

    pub fn damaged(&self, offset: u64, what: &str) -> Error {
        Error::damaged(&self.path, offset as usize, what)
    }

    fn all(&self) -> &[u8] {
        (*self.contents).as_ref()
    }

    fn check(&self, block: usize) -> Result<()> {
        let (word, bit) = (&self.checked[block / 64], 1 << (block % 64));
        if word.load(Ordering::Relaxed) & bit != 0 {
            return Ok(());
        }
        let start = block * BLOCK;
        let bytes = &self.all()[start..self.length.min(start + BLOCK)];
        let sum = &self.all()[self.length + block * 4..][..4];
        if checksum(bytes).to_le_bytes() != *sum {
            return Err(self.damaged(start as u64, "a block does not match its checksum"));
        }
        word.fetch_or(bit, Ordering::Relaxed);
        Ok(())
    }
}

/// Checks footer and checksums, and returns the length of what they are about.
fn check_ends(bytes: &[u8], path: &Path) -> Result<usize> {
    let damaged = |what| Error::damaged(path, bytes.len(), what);
    let (rest, footer) = bytes.split_last_chunk::<FOOTER>().ok_or_else(|| damaged("it is too short"))?;
    let mut reader = Reader::new(footer);
    let fields = reader.u64().and_then(|length| Ok((length, reader.u32()?, reader.u32()?)));
    let (length, sums, sum) = fields.map_err(|_| damaged("it is too short"))?;
    if sum != checksum(&footer[..12]) {
        return Err(damaged("its footer does not match its checksum"));
    }
    let expected = length + length.div_ceil(BLOCK as u64) * 4;
    if rest.len() as u64 != expected {
        return Err(damaged("it has not the length that its footer says"));
    }
    if sums != checksum(&rest[length as usize..]) {
        return Err(damaged("its checksums do not match theirs"));
    }
    Ok(length as usize)
}

impl fmt::Debug for SegmentFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SegmentFile({})", self.path.display())
    }
}
