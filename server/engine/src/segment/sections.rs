//! Where the pieces of a part lie in its file, and how they are written and read.

use super::{file::SegmentFile, writer::SegmentWriter};
use crate::{
    error::Result,
    format::{Malformed, Put, Reader},
};
use std::ops::Range;

/// Two sections make a list of byte strings: where each ends, and their bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    IdEnds,
    Ids,
    Values,
    MetadataEnds,
    Metadata,
    SparseEnds,
    Sparse,
    Fields,
    TextEnds,
    Texts,
    PostingEnds,
    Postings,
    Numbers,
    NumberRows,
    Terms,
    TermEnds,
    TermRows,
    TermWeights,
    /// The index of near vectors, if there is one, and then also:
    Near,
    /// for each position among the values its row,
    NearRows,
    /// and for each row its position.
    NearPlaces,
}

const COUNT: usize = Section::NearPlaces as usize + 1;

/// The table at the end of a part.
#[derive(Debug, PartialEq)]
pub struct Sections {
    pub rows: u32,
    pub dimension: u32,
    ranges: [(u64, u64); COUNT],
}

impl Sections {
    pub fn new(rows: u32, dimension: u32) -> Self {
        Self { rows, dimension, ranges: [(0, 0); COUNT] }
    }

    pub fn range(&self, section: Section) -> Range<u64> {
        let (start, end) = self.ranges[section as usize];
        start..end
    }

    /// Writes a section piece by piece.
    pub fn write<T>(
        &mut self,
        writer: &mut SegmentWriter,
        section: Section,
        write: impl FnOnce(&mut SegmentWriter) -> Result<T>,
    ) -> Result<T> {
        writer.align()?;
        let start = writer.at();
        let written = write(writer)?;
        self.ranges[section as usize] = (start, writer.at());
        Ok(written)
    }

    pub fn put(&mut self, writer: &mut SegmentWriter, section: Section, bytes: &[u8]) -> Result<()> {
        self.write(writer, section, |writer| writer.put(bytes))
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.put_u32(self.rows);
        out.put_u32(self.dimension);
        for (start, end) in self.ranges {
            out.put_u64(start);
            out.put_u64(end);
        }
        out
    }

    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let mut sections = Self::new(reader.u32()?, reader.u32()?);
        for range in &mut sections.ranges {
            *range = (reader.u64()?, reader.u64()?);
            if range.0 > range.1 {
                return Err(Malformed(0));
            }
        }
        reader.done()?;
        // Every row has an id, so there are no more rows than the file can hold.
        if count::<u64>(sections.range(Section::IdEnds)) != sections.rows as usize {
            return Err(Malformed(0));
        }
        Ok(sections)
    }
}

/// Reads items of a section in place.
pub fn items<T: bytemuck::Pod>(file: &SegmentFile, section: Range<u64>, items: Range<usize>) -> Result<&[T]> {
    let size = size_of::<T>() as u64;
    let place = |item: usize| section.start.saturating_add((item as u64).saturating_mul(size));
    let range = place(items.start)..place(items.end);
    if range.end > section.end {
        return Err(file.damaged(section.start, "a section is too short"));
    }
    bytemuck::try_cast_slice(file.bytes(range)?)
        .map_err(|_| file.damaged(section.start, "a section is not aligned"))
}

/// How many items a section has.
pub fn count<T>(section: Range<u64>) -> usize {
    ((section.end - section.start) / size_of::<T>() as u64) as usize
}

/// Byte strings, of which the ends are kept until they are written.
#[derive(Default)]
pub struct Ends(Vec<u64>);

impl Ends {
    pub fn put(&mut self, writer: &mut SegmentWriter, bytes: &[u8]) -> Result<()> {
        self.0.push(self.0.last().unwrap_or(&0) + bytes.len() as u64);
        writer.put(bytes)
    }

    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(&self.0)
    }
}

/// The byte string of this position.
pub fn string(file: &SegmentFile, ends: Range<u64>, strings: Range<u64>, position: usize) -> Result<&[u8]> {
    let (start, end) = match position {
        0 => (0, items::<u64>(file, ends, 0..1)?[0]),
        _ => {
            let ends = items::<u64>(file, ends, position - 1..position + 1)?;
            (ends[0], ends[1])
        }
    };
    if start > end || end > strings.end - strings.start {
        return Err(file.damaged(strings.start, "a list is too short"));
    }
    file.bytes(strings.start + start..strings.start + end)
}
