//! Four bits for each dimension of a row, looked at where one bit was not enough to rule the row out. Read before the
//! row itself, of which they are an eighth.

use super::residual;
use crate::{
    index::{Malformed, Reader},
    kernels::{FINE_STEP, Level, dot, dot_and_square},
};

/// The step between neighbouring codes, in parts of a row's mean deviation: the best for values of a normal
/// distribution, which the rotation makes of all.
const STEP: f32 = 0.335;
const MIDDLE: f32 = 7.5;
/// How far rounding puts a number off, as a root mean square.
const ROUNDING: f32 = 0.289;

/// By position.
#[derive(Clone, Debug, Default)]
pub struct FineCodes {
    /// Bytes of one row.
    width: usize,
    bytes: Vec<u8>,
    numbers: Vec<Numbers>,
}

/// What is known of a row beside its codes.
#[derive(Clone, Copy, Debug)]
struct Numbers {
    /// Added to the squared distance to the centroid.
    offset: f32,
    /// Taken from it for each unit of the product of codes and query.
    slope: f32,
    /// How far the estimate may be off for each unit of the distance to the centroid.
    error: f32,
    /// And for each unit of rounding of the query.
    noise: f32,
}

/// A query in whole numbers.
pub struct FineQuery {
    values: Vec<i8>,
    step: f32,
    /// What the middle of the codes adds to a product.
    middle: f32,
}

impl FineQuery {
    pub fn new(query: &[f32]) -> Self {
        let greatest = query.iter().fold(0.0f32, |greatest, value| greatest.max(value.abs()));
        let step = if greatest > 0.0 { greatest / 127.0 } else { 1.0 };
        let mut values: Vec<i8> = query.iter().map(|value| (value / step).round() as i8).collect();
        let middle = MIDDLE * values.iter().map(|value| f32::from(*value)).sum::<f32>();
        values.resize(2 * width(query.len()), 0);
        Self { values, step, middle }
    }
}

/// Rounding by what a sum this large has no room for: unlike `round` it is no call, for any processor.
fn nearest_whole(value: f32) -> f32 {
    const NO_ROOM: f32 = 12_582_912.0;
    value + NO_ROOM - NO_ROOM
}

/// Bytes for the codes of so many dimensions.
fn width(dimension: usize) -> usize {
    dimension.div_ceil(2).next_multiple_of(FINE_STEP)
}

impl FineCodes {
    pub fn new(dimension: usize) -> Self {
        Self { width: width(dimension), ..Self::default() }
    }

    pub fn push(&mut self, point: &[f32], centroid: &[f32]) {
        let start = self.bytes.len();
        self.bytes.resize(start + self.width, 0);
        let codes = &mut self.bytes[start..];
        let residual = residual(point, centroid);
        let square = dot(&residual, &residual);
        if square <= 0.0 {
            // Codes of no meaning, which the slope takes no notice of.
            self.numbers.push(Numbers { offset: 0.0, slope: 0.0, error: 0.0, noise: 0.0 });
            return;
        }
        let step = STEP * (square / point.len() as f32).sqrt();
        let mut coded = residual.clone();
        for value in &mut coded {
            *value = nearest_whole((*value / step + MIDDLE).clamp(0.0, 15.0));
        }
        let (low, high) = coded.split_at(self.width.min(coded.len()));
        codes.iter_mut().zip(low).for_each(|(to, code)| *to = *code as u8);
        codes.iter_mut().zip(high).for_each(|(to, code)| *to |= (*code as u8) << 4);
        coded.iter_mut().for_each(|code| *code = (*code - MIDDLE) * step);
        let (along, own) = dot_and_square(&residual, &coded);
        let along_centroid = dot(&coded, centroid);
        // Lengthened so that along the row itself it is exact.
        let scale = square / along;
        let missing = (own * square / (along * along) - 1.0).max(0.0).sqrt();
        self.numbers.push(Numbers {
            offset: square + 2.0 * scale * along_centroid,
            slope: 2.0 * scale * step,
            error: 2.0 * square.sqrt() * missing / (point.len() as f32 - 1.0).max(1.0).sqrt(),
            noise: 2.0 * ROUNDING * scale * own.sqrt(),
        });
    }

    fn codes(&self, position: usize) -> &[u8] {
        &self.bytes[position * self.width..][..self.width]
    }

    pub fn prefetch(&self, level: Level, position: usize) {
        level.prefetch(self.codes(position));
        level.prefetch(&self.numbers[position..=position]);
    }

    /// The least that the squared distance can be: `base` is that to the centroid, `errors` how many of them count.
    #[inline]
    pub fn least(&self, level: Level, position: usize, query: &FineQuery, base: f32, errors: f32) -> f32 {
        let numbers = self.numbers[position];
        let product = level.fine_product(self.codes(position), &query.values) as f32 - query.middle;
        let off = errors * (numbers.error * base.sqrt() + numbers.noise * query.step);
        base + numbers.offset - numbers.slope * query.step * product - off
    }

    pub fn memory_bytes(&self) -> usize {
        self.bytes.len() + size_of_val(self.numbers.as_slice())
    }

    pub fn write(&self, to: &mut Vec<u8>) {
        to.extend(&self.bytes);
        let numbers = self.numbers.iter();
        let each = |one: &Numbers| [one.offset, one.slope, one.error, one.noise];
        to.extend(numbers.flat_map(each).flat_map(f32::to_le_bytes));
    }

    pub fn read(dimension: usize, rows: usize, reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let width = width(dimension);
        let bytes = reader.take(rows.checked_mul(width).ok_or(Malformed)?)?.to_vec();
        let numbers = reader.floats(rows.checked_mul(4).ok_or(Malformed)?)?;
        let each = |[offset, slope, error, noise]: &[f32; 4]| Numbers {
            offset: *offset,
            slope: *slope,
            error: *error,
            noise: *noise,
        };
        Ok(Self { width, bytes, numbers: numbers.as_chunks::<4>().0.iter().map(each).collect() })
    }
}
