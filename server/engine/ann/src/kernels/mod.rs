//! The inner loops, chosen once for the processor at hand. The only unsafe code stands in `x86` and `neon`.

#[cfg(target_arch = "aarch64")]
mod neon;
mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

use std::sync::OnceLock;

/// Rows of one block of codes.
pub const BLOCK: usize = 32;

/// Bytes of four-bit codes come in multiples of this.
pub const FINE_STEP: usize = 32;

/// What the processor can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "aarch64")]
    Neon,
}

impl Level {
    /// All that this processor can do, the best last.
    pub fn available() -> Vec<Self> {
        let mut levels = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if x86::has_avx2() {
                levels.push(Self::Avx2);
            }
            if x86::has_avx512() {
                levels.push(Self::Avx512);
            }
        }
        #[cfg(target_arch = "aarch64")]
        levels.push(Self::Neon);
        levels
    }

    #[inline]
    pub fn best() -> Self {
        static BEST: OnceLock<Level> = OnceLock::new();
        *BEST.get_or_init(|| *Self::available().last().unwrap_or(&Self::Portable))
    }
}

/// What is known of the 32 rows of a block beside their codes, each a column of its own.
#[derive(Clone, Debug)]
pub struct Factors {
    /// Added to the squared distance to the centroid.
    pub offset: [f32; BLOCK],
    /// Taken from it for each unit of the product of code and query.
    pub slope: [f32; BLOCK],
    /// How far the estimate may be off, for each unit of the distance to the centroid.
    pub error: [f32; BLOCK],
}

impl Factors {
    pub const ZERO: Self = Self { offset: [0.0; BLOCK], slope: [0.0; BLOCK], error: [0.0; BLOCK] };
}

/// What a query is to the rows of one cell.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    /// The squared distance to the centroid.
    pub base: f32,
    /// The product of code and query is `step * sum + bias`.
    pub step: f32,
    pub bias: f32,
    /// The distance to the centroid, times how many errors count.
    pub slack: f32,
}

macro_rules! dispatch {
    ($level:expr, $name:ident($($argument:expr),*)) => {
        match $level {
            Level::Portable => portable::$name($($argument),*),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => x86::avx2::$name($($argument),*),
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => x86::avx512::$name($($argument),*),
            #[cfg(target_arch = "aarch64")]
            Level::Neon => neon::$name($($argument),*),
        }
    };
}

impl Level {
    #[inline]
    pub fn dot(self, a: &[f32], b: &[f32]) -> f32 {
        dispatch!(self, dot(a, b))
    }

    #[inline]
    pub fn squared_distance(self, a: &[f32], b: &[f32]) -> f32 {
        dispatch!(self, squared_distance(a, b))
    }

    /// The product of both, and the square of the second, in one pass.
    #[inline]
    pub fn dot_and_square(self, a: &[f32], b: &[f32]) -> (f32, f32) {
        dispatch!(self, dot_and_square(a, b))
    }

    /// One round of a rotation: signs, a Hadamard transform of the `count` dimensions from `start` on (a power of two, and 16
    /// or more), and a turn of the halves against each other where these are not all.
    #[inline]
    pub fn rotate(self, point: &mut [f32], signs: &[f32], start: usize, count: usize) {
        assert!(count.is_power_of_two() && count >= 16, "a power of two");
        dispatch!(self, rotate(point, signs, start, count));
    }

    /// For each of the 32 rows of a block: the sum of what its code picks from the table, over all groups.
    ///
    /// A group is four dimensions: 16 bytes of the table, one for each way of their signs, and 16 bytes of codes, the
    /// low halves those of rows 0 to 15, the high halves those of 16 to 31. Groups come in fours.
    #[inline]
    pub fn sums(self, codes: &[u8], table: &[u8], sums: &mut [i32; BLOCK]) {
        assert_eq!(codes.len(), table.len(), "as many groups");
        assert!(codes.len().is_multiple_of(64), "groups come in fours");
        dispatch!(self, sums(codes, table, sums))
    }

    /// The product of four-bit codes with a query of whole numbers: the low halves of the bytes belong to the first half
    /// of the query, the high ones to the second. Bytes come in whole steps.
    #[inline]
    pub fn fine_product(self, codes: &[u8], query: &[i8]) -> i32 {
        assert_eq!(2 * codes.len(), query.len(), "two codes a byte");
        assert!(codes.len().is_multiple_of(FINE_STEP), "whole steps");
        dispatch!(self, fine_product(codes, query))
    }

    /// Which of the rows may be nearer than the threshold, with the least that their squared distances can be.
    #[inline]
    pub fn candidates(
        self,
        sums: &[i32; BLOCK],
        factors: &Factors,
        aim: Aim,
        threshold: f32,
        least: &mut [f32; BLOCK],
    ) -> u32 {
        dispatch!(self, candidates(sums, factors, aim, threshold, least))
    }

    /// Asks the memory for something that will be read soon.
    #[inline]
    pub fn prefetch<T>(self, soon: &[T]) {
        #[cfg(target_arch = "x86_64")]
        x86::prefetch(soon);
        #[cfg(not(target_arch = "x86_64"))]
        let _ = soon;
    }
}

#[inline]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    Level::best().dot(a, b)
}

#[inline]
pub fn squared_distance(a: &[f32], b: &[f32]) -> f32 {
    Level::best().squared_distance(a, b)
}

#[inline]
pub fn dot_and_square(a: &[f32], b: &[f32]) -> (f32, f32) {
    Level::best().dot_and_square(a, b)
}
