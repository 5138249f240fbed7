//! The index as bytes, little-endian, and back. Whoever keeps them says whether they are whole; what is read here is
//! checked only so far that nothing can be out of bounds.

use super::{Cell, Dial, Index, nearest};
use crate::{
    codes::{Codes, FineCodes},
    geometry::{Geometry, Metric},
    kernels::BLOCK,
    rotation::Rotation,
};

/// Bytes that are no index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl std::fmt::Display for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an index of near vectors")
    }
}

impl std::error::Error for Malformed {}

const METRICS: [Metric; 3] = [Metric::Euclidean, Metric::Cosine, Metric::DotProduct];

impl Index {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.memory_bytes() + 64);
        let metric = METRICS.iter().position(|metric| *metric == self.geometry.metric).unwrap_or_default();
        bytes.extend((metric as u32).to_le_bytes());
        bytes.extend((self.geometry.row_dimension() as u32).to_le_bytes());
        bytes.extend(self.geometry.longest().to_le_bytes());
        bytes.extend(self.rotation.seed().to_le_bytes());
        bytes.extend((self.cells.len() as u32).to_le_bytes());
        bytes.extend(self.cells.iter().flat_map(|cell| cell.length.to_le_bytes()));
        bytes.extend(self.centroids.iter().flat_map(|value| value.to_le_bytes()));
        bytes.extend(self.dial.ratios.iter().flatten().flat_map(|ratio| ratio.to_le_bytes()));
        self.codes.write(&mut bytes);
        self.fine.write(&mut bytes);
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader(bytes);
        let metric = *METRICS.get(reader.u32()? as usize).ok_or(Malformed)?;
        let (dimension, longest) = (reader.u32()? as usize, reader.f32()?);
        if dimension == 0 || dimension > 1 << 20 {
            return Err(Malformed);
        }
        let geometry = Geometry::known(metric, dimension, longest);
        let rotation = Rotation::random(geometry.dimension(), reader.u64()?);
        let cells = read_cells(&mut reader)?;
        let centroids = reader.floats(cells.len().checked_mul(rotation.dimension()).ok_or(Malformed)?)?;
        let mut dial = Dial::OPEN;
        for ratio in dial.ratios.iter_mut().flatten() {
            *ratio = reader.f32()?;
        }
        let blocks = cells.last().map_or(0, |cell| cell.block as usize + blocks(cell.length));
        let codes = Codes::read(rotation.dimension(), blocks, &mut reader)?;
        let rows = cells.last().map_or(0, |cell| (cell.start + cell.length) as usize);
        let fine = FineCodes::read(rotation.dimension(), rows, &mut reader)?;
        let centroid_codes = nearest::code(&centroids, rotation.dimension());
        reader.end()?;
        Ok(Self { geometry, rotation, centroids, centroid_codes, cells, codes, fine, dial })
    }
}

fn blocks(length: u32) -> usize {
    (length as usize).div_ceil(BLOCK)
}

fn read_cells(reader: &mut Reader<'_>) -> Result<Vec<Cell>, Malformed> {
    let count = reader.u32()? as usize;
    let (mut start, mut block) = (0u32, 0u32);
    let lengths = reader.take(count.checked_mul(4).ok_or(Malformed)?)?;
    lengths
        .as_chunks::<4>()
        .0
        .iter()
        .map(|length| {
            let cell = Cell { start, length: u32::from_le_bytes(*length), block };
            start = start.checked_add(cell.length).ok_or(Malformed)?;
            block += blocks(cell.length) as u32;
            Ok(cell)
        })
        .collect()
}

/// What is left to read.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.take(N)?.try_into().map_err(|_| Malformed)
    }

    fn u32(&mut self) -> Result<u32, Malformed> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_le_bytes)
    }

    fn f32(&mut self) -> Result<f32, Malformed> {
        self.array().map(f32::from_le_bytes)
    }

    pub fn floats(&mut self, count: usize) -> Result<Vec<f32>, Malformed> {
        let bytes = self.take(count.checked_mul(4).ok_or(Malformed)?)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|value| f32::from_le_bytes(*value)).collect())
    }

    fn end(&self) -> Result<(), Malformed> {
        if self.0.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}
