//! Cells of rows around centroids, and how they are searched.

mod build;
mod bytes;
mod dial;
mod nearest;
mod scan;
mod search;

pub use build::Build;
pub use bytes::Malformed;
pub(crate) use bytes::Reader;
pub use search::{Mask, Prepared, Search, Trace};

use crate::{
    codes::{Codes, FineCodes},
    geometry::Geometry,
    rotation::Rotation,
};
use dial::Dial;

/// Rows by cells, with their codes. The rows themselves are kept by whoever built it.
#[derive(Clone, Debug)]
pub struct Index {
    geometry: Geometry,
    rotation: Rotation,
    /// Rotated, one for each cell.
    centroids: Vec<f32>,
    /// Of the centroids, where they are many.
    centroid_codes: Option<Codes>,
    cells: Vec<Cell>,
    codes: Codes,
    fine: FineCodes,
    dial: Dial,
}

/// Rows that stand one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    /// The position of its first row.
    start: u32,
    length: u32,
    block: u32,
}

impl Index {
    pub fn len(&self) -> usize {
        self.cells.last().map_or(0, |cell| (cell.start + cell.length) as usize)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Dimensions of a row.
    pub fn dimension(&self) -> usize {
        self.geometry.row_dimension()
    }

    /// What it takes beside the rows.
    pub fn memory_bytes(&self) -> usize {
        let centroids = size_of_val(self.centroids.as_slice());
        let codes = self.codes.memory_bytes() + self.fine.memory_bytes();
        let codes = codes + self.centroid_codes.as_ref().map_or(0, Codes::memory_bytes);
        centroids + size_of_val(self.cells.as_slice()) + codes
    }
}
