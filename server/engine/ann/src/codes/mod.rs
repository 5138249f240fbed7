//! One bit for each dimension of a row: on which side of its centroid it lies, after the rotation. From it and three
//! numbers a row's distance to any query is estimated, with a bound of the error.
//!
//! With r the row less its centroid, t how well the signs point along r, and q the query: the product of q with r is
//! estimated by |r| / t times its product with the signs (each over the root of the dimension). It is that of q less
//! the centroid which counts, so the error shrinks with the query's distance to the centroid; the centroid's part is
//! the same for every query and is taken off when the row is coded.

mod fine;
mod table;

pub use fine::{FineCodes, FineQuery};
pub use table::Table;

use crate::{
    index::{Malformed, Reader},
    kernels::{BLOCK, Factors, dot, dot_and_square},
};

#[derive(Clone, Debug, Default)]
pub struct Codes {
    dimension: usize,
    bytes: Vec<u8>,
    factors: Vec<Factors>,
    /// Rows in the block that is being filled.
    filled: usize,
}

/// The 32 rows of a block.
#[derive(Clone, Copy)]
pub struct Block<'a> {
    pub bytes: &'a [u8],
    pub factors: &'a Factors,
}

impl Codes {
    /// Of points of a rotation's dimension.
    pub fn new(dimension: usize) -> Self {
        Self { dimension, ..Self::default() }
    }

    fn block_bytes(&self) -> usize {
        self.dimension * BLOCK / 8
    }

    /// The number of the block that the next row would begin, were it the first of its cell.
    pub fn blocks(&self) -> usize {
        self.factors.len()
    }

    pub fn block(&self, at: usize) -> Block<'_> {
        let bytes = self.block_bytes();
        Block { bytes: &self.bytes[at * bytes..][..bytes], factors: &self.factors[at] }
    }

    /// What follows stands in blocks of its own.
    pub fn end_cell(&mut self) {
        self.filled = 0;
    }

    pub fn push(&mut self, point: &[f32], centroid: &[f32]) {
        if self.filled == 0 {
            self.bytes.resize(self.bytes.len() + self.block_bytes(), 0);
            self.factors.push(Factors::ZERO);
        }
        let at = self.filled;
        self.filled = (at + 1) % BLOCK;
        let start = self.bytes.len() - self.block_bytes();
        let block = &mut self.bytes[start..];
        let coded = Coded::write(point, centroid, |dimension, above| {
            let byte = dimension / 4 * 16 + at % 16;
            block[byte] |= u8::from(above) << (dimension % 4 + at / 16 * 4);
        });
        if let Some(factors) = self.factors.last_mut() {
            factors.offset[at] = coded.offset;
            factors.slope[at] = coded.slope;
            factors.error[at] = coded.error;
        }
    }

    pub fn write(&self, to: &mut Vec<u8>) {
        to.extend(&self.bytes);
        for factors in &self.factors {
            let columns = [&factors.offset, &factors.slope, &factors.error];
            to.extend(columns.into_iter().flatten().flat_map(|value| value.to_le_bytes()));
        }
    }

    /// So many whole blocks.
    pub fn read(dimension: usize, blocks: usize, reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let bytes = blocks.checked_mul(dimension * BLOCK / 8).ok_or(Malformed)?;
        let bytes = reader.take(bytes)?.to_vec();
        let mut column = || reader.floats(BLOCK)?.try_into().map_err(|_| Malformed);
        let mut factors = || Ok(Factors { offset: column()?, slope: column()?, error: column()? });
        let factors = (0..blocks).map(|_| factors()).collect::<Result<_, Malformed>>()?;
        Ok(Self { dimension, bytes, factors, filled: 0 })
    }

    pub fn memory_bytes(&self) -> usize {
        self.bytes.len() + self.factors.len() * size_of::<Factors>()
    }
}

/// A row less its centroid.
fn residual(point: &[f32], centroid: &[f32]) -> Vec<f32> {
    point.iter().zip(centroid).map(|(value, centre)| value - centre).collect()
}

/// The three numbers of a row.
struct Coded {
    offset: f32,
    slope: f32,
    error: f32,
}

impl Coded {
    /// Calls `set` for each dimension with whether the row lies above its centroid there.
    fn write(point: &[f32], centroid: &[f32], mut set: impl FnMut(usize, bool)) -> Self {
        let residual = residual(point, centroid);
        // Without branches: which side a row lies on is chance, and nothing is slower to guess.
        let signs: Vec<f32> = residual.iter().map(|value| if *value > 0.0 { 1.0 } else { -1.0 }).collect();
        residual.iter().enumerate().for_each(|(dimension, value)| set(dimension, *value > 0.0));
        let (absolute, square) = dot_and_square(&signs, &residual);
        let along_centroid = dot(&signs, centroid);
        if square <= 0.0 {
            return Self { offset: 0.0, slope: 0.0, error: 0.0 };
        }
        let root = (point.len() as f32).sqrt();
        let along = absolute / root / square.sqrt();
        let slope = 2.0 * square.sqrt() / along;
        let missing = (1.0 - along * along).max(0.0).sqrt() / along;
        let dimensions = (point.len() as f32 - 1.0).max(1.0);
        Self {
            offset: square + slope * along_centroid / root,
            slope,
            error: 2.0 * square.sqrt() * missing / dimensions.sqrt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{Level, squared_distance};
    use rand::{Rng, SeedableRng, rngs::SmallRng};

    const DIMENSION: usize = 128;

    fn points(count: usize) -> Vec<Vec<f32>> {
        let mut random = SmallRng::seed_from_u64(3);
        let mut point = || (0..DIMENSION).map(|_| random.random::<f32>() - 0.5).collect();
        (0..count).map(|_| point()).collect()
    }

    #[test]
    fn estimates_are_off_by_no_more_than_their_error() {
        let points = points(102);
        let (centroid, query, rows) = (&points[0], &points[1], &points[2..]);
        let mut codes = Codes::new(DIMENSION);
        rows.iter().for_each(|row| codes.push(row, centroid));
        assert_eq!(codes.blocks(), rows.len().div_ceil(BLOCK));
        let table = Table::new(query);
        let base = squared_distance(query, centroid);
        let (exact_aim, aim) = (table.aim(base, 0.0), table.aim(base, 2.5));
        let (mut outside, mut skew, mut tight) = (0, 0.0, 0.0);
        for (at, row) in rows.iter().enumerate() {
            let block = codes.block(at / BLOCK);
            let (mut sums, mut estimates, mut least) = ([0; BLOCK], [0.0; BLOCK], [0.0; BLOCK]);
            Level::Portable.sums(block.bytes, table.bytes(), &mut sums);
            Level::Portable.candidates(&sums, block.factors, exact_aim, 0.0, &mut estimates);
            Level::Portable.candidates(&sums, block.factors, aim, 0.0, &mut least);
            let (distance, estimate) = (squared_distance(query, row), estimates[at % BLOCK]);
            skew += (estimate - distance) / distance / rows.len() as f32;
            outside += usize::from(least[at % BLOCK] > distance);
            tight += least[at % BLOCK] / distance / rows.len() as f32;
        }
        assert!(tight > 0.5, "the bounds are at {tight} of the distances");
        assert!(skew.abs() < 0.05, "estimates lean by {skew}");
        assert!(outside <= 2, "{outside} of 100 beyond two and a half errors");
    }

    #[test]
    fn four_bits_say_more() {
        let points = points(102);
        let (centroid, query, rows) = (&points[0], &points[1], &points[2..]);
        let mut codes = FineCodes::new(DIMENSION);
        rows.iter().for_each(|row| codes.push(row, centroid));
        codes.push(centroid, centroid);
        let fine = FineQuery::new(query);
        let base = squared_distance(query, centroid);
        let least = |at, errors| codes.least(Level::best(), at, &fine, base, errors);
        let mut outside = 0;
        for (at, row) in rows.iter().enumerate() {
            let (distance, estimate) = (squared_distance(query, row), least(at, 0.0));
            assert!((estimate - distance).abs() < 0.08 * distance, "{at}: {distance} {estimate}");
            outside += usize::from(least(at, 2.5) > distance);
        }
        assert!(outside <= 2, "{outside} of 100 beyond two and a half errors");
        assert_eq!(least(rows.len(), 2.5), base, "a row at its centroid is exact");
    }

    #[test]
    fn a_row_at_its_centroid_is_exact() {
        let points = points(2);
        let mut codes = Codes::new(DIMENSION);
        codes.push(&points[0], &points[0]);
        let table = Table::new(&points[1]);
        let base = squared_distance(&points[0], &points[1]);
        let (mut sums, mut least) = ([0; BLOCK], [0.0; BLOCK]);
        Level::Portable.sums(codes.block(0).bytes, table.bytes(), &mut sums);
        Level::Portable.candidates(&sums, codes.block(0).factors, table.aim(base, 2.0), 0.0, &mut least);
        assert_eq!(least[0], base);
    }
}
