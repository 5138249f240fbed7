//! The records of one namespace in one segment, in the order of their ids.

use super::{
    columns::Columns,
    file::SegmentFile,
    row::decode_metadata,
    row_set::RowSet,
    sections::{Section, Sections, items, string},
    terms,
};
use crate::{
    error::{Error, Result},
    filter::Filter,
    records::{Metadata, Record, RecordId, SparseValues, Values},
};
use conifer_ann::{Index, Rows};
use std::{
    cmp::Ordering,
    ops::Range,
    sync::{Arc, OnceLock},
};

/// Where a part's table lies in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub offset: u64,
    pub length: u32,
    pub rows: u32,
}

/// It reads its table when it is first used: there may be a hundred thousand.
#[derive(Debug)]
pub struct Part {
    file: Arc<SegmentFile>,
    place: Place,
    /// Of its rows, as the index says.
    dimension: usize,
    sections: OnceLock<Sections>,
    near: OnceLock<Index>,
}

/// Values in the order of their cells.
pub struct Near<'a> {
    pub index: &'a Index,
    pub values: Rows<'a>,
    /// For each position its row.
    pub rows: &'a [u32],
}

impl Part {
    pub fn new(file: Arc<SegmentFile>, place: Place, dimension: usize) -> Self {
        Self { file, place, dimension, sections: OnceLock::new(), near: OnceLock::new() }
    }

    pub fn file(&self) -> &Arc<SegmentFile> {
        &self.file
    }

    pub fn place(&self) -> Place {
        self.place
    }

    pub fn rows(&self) -> u32 {
        self.place.rows
    }

    fn sections(&self) -> Result<&Sections> {
        if let Some(sections) = self.sections.get() {
            return Ok(sections);
        }
        let Place { offset, length, rows } = self.place;
        let sections = Sections::decode(self.file.bytes(offset..offset.saturating_add(u64::from(length)))?);
        match sections {
            Ok(sections) if (sections.rows, sections.dimension as usize) == (rows, self.dimension) => {
                Ok(self.sections.get_or_init(|| sections))
            }
            _ => Err(self.malformed("the table")),
        }
    }

    pub(super) fn malformed(&self, what: &str) -> Error {
        self.file.damaged(self.place.offset, &format!("{what} of a part makes no sense"))
    }

    pub(super) fn string(&self, ends: Section, strings: Section, row: u32) -> Result<&[u8]> {
        let sections = self.sections()?;
        string(&self.file, sections.range(ends), sections.range(strings), row as usize)
    }

    pub(super) fn id_bytes(&self, row: u32) -> Result<&[u8]> {
        self.string(Section::IdEnds, Section::Ids, row)
    }

    pub fn id(&self, row: u32) -> Result<&str> {
        std::str::from_utf8(self.id_bytes(row)?).map_err(|_| self.malformed("an id"))
    }

    /// The first row whose id is not less than this.
    pub fn first_from(&self, id: &str) -> Result<u32> {
        let mut rows = 0..self.rows();
        while !rows.is_empty() {
            let middle = rows.start + (rows.end - rows.start) / 2;
            match self.id(middle)?.cmp(id) {
                Ordering::Less => rows.start = middle + 1,
                _ => rows.end = middle,
            }
        }
        Ok(rows.start)
    }

    pub fn row_of(&self, id: &str) -> Result<Option<u32>> {
        let row = self.first_from(id)?;
        Ok((row < self.rows() && self.id(row)? == id).then_some(row))
    }

    pub fn values(&self, row: u32) -> Result<&[f32]> {
        let places = self.sections()?.range(Section::NearPlaces);
        let position = if places.is_empty() {
            row as usize
        } else {
            items::<u32>(&self.file, places, row as usize..row as usize + 1)?[0] as usize
        };
        self.matrix(position..position + 1)
    }

    /// The values at these positions, one after the other.
    pub fn matrix(&self, positions: Range<usize>) -> Result<&[f32]> {
        let sections = self.sections()?;
        let range = positions.start * self.dimension..positions.end * self.dimension;
        items(&self.file, sections.range(Section::Values), range)
    }

    /// The row whose values lie at this position.
    pub fn row_at(&self, position: usize) -> Result<u32> {
        let rows = self.sections()?.range(Section::NearRows);
        if rows.is_empty() {
            Ok(position as u32)
        } else {
            Ok(items(&self.file, rows, position..position + 1)?[0])
        }
    }

    /// How much memory its index of near vectors takes, once it was used.
    pub fn near_bytes(&self) -> usize {
        self.near.get().map_or(0, Index::memory_bytes)
    }

    /// What finds near vectors without looking at every row, where there is such an index.
    pub fn near(&self) -> Result<Option<Near<'_>>> {
        let sections = self.sections()?;
        let range = sections.range(Section::Near);
        if range.is_empty() {
            return Ok(None);
        }
        let all = 0..self.rows() as usize;
        let rows = items(&self.file, sections.range(Section::NearRows), all.clone())?;
        let places = items(&self.file, sections.range(Section::NearPlaces), all.clone())?;
        let index = match self.near.get() {
            Some(index) => index,
            None => {
                let index = Index::from_bytes(self.file.bytes(range)?).ok();
                let index = index.filter(|index| self.fits(index, rows, places));
                let index = index.ok_or_else(|| self.malformed("the index of near vectors"))?;
                self.near.get_or_init(|| index)
            }
        };
        let values = Rows::new(self.matrix(all)?, self.dimension);
        Ok(Some(Near { index, values, rows }))
    }

    fn fits(&self, index: &Index, rows: &[u32], places: &[u32]) -> bool {
        let is_there = |at: &u32| *at < self.rows();
        let is_whole = index.len() == rows.len() && index.dimension() == self.dimension;
        is_whole && rows.iter().chain(places).all(is_there)
    }

    pub fn metadata(&self, row: u32) -> Result<Metadata> {
        decode_metadata(self, self.string(Section::MetadataEnds, Section::Metadata, row)?)
    }

    pub fn sparse(&self, row: u32) -> Result<Option<SparseValues>> {
        let bytes = self.string(Section::SparseEnds, Section::Sparse, row)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let (places, numbers) = bytes.split_at(bytes.len() / 2);
        let words = |bytes: &[u8]| bytes.as_chunks::<4>().0.to_vec();
        let places: Vec<u32> = words(places).into_iter().map(u32::from_le_bytes).collect();
        let numbers: Vec<f32> = words(numbers).into_iter().map(f32::from_le_bytes).collect();
        SparseValues::new(&places, &numbers).map(Some).map_err(|_| self.malformed("a sparse row"))
    }

    pub fn record(&self, row: u32) -> Result<Record> {
        let values = self.values(row)?;
        let values = if values.is_empty() { None } else { Some(Values::new(values)) };
        Ok(Record {
            id: RecordId::new(self.id(row)?).map_err(|_| self.malformed("an id"))?,
            values: values.transpose().map_err(|_| self.malformed("a row"))?,
            sparse: self.sparse(row)?,
            metadata: self.metadata(row)?,
        })
    }

    /// The rows that a filter matches.
    pub fn matching(&self, filter: &Filter) -> Result<RowSet> {
        Columns::open(self, &self.file, self.sections()?)?.rows(filter)
    }

    /// The dot products with all rows; not a number for those that share no place.
    pub fn sparse_dots(&self, query: &SparseValues) -> Result<Vec<f64>> {
        terms::dot_products(&self.file, self.sections()?, query)
    }
}
